import type { Contract } from '../../spec/contract.ts';
import type { Validator } from '../../spec/schemas.ts';
import { allCases } from '../cases/all.ts';
import type { Case } from '../cases/case.ts';
import type { Run } from '../judge/run.ts';
import { allMutants } from '../mock/mutants/all-mutants.ts';
import type { Mutant } from '../mock/mutants/mutant.ts';
import { readRawDocument } from '../mock/mutants/raw-document.ts';
import type { HttpAnswer } from '../targets/target.ts';
import { problemsOf } from './proof.ts';
import { proveMutant } from './prove-part.ts';
import { readEquivalents } from './reasons.ts';
import type { Questions } from './run-server.ts';

/** A possible weakness of this suite, and the mutants that must reveal it. */
export interface Weakness {
  readonly planted: string;
  readonly questions: Partial<Questions>;
  /** The mutants to try; the others would only take time. */
  readonly concerns: (mutant: Mutant) => boolean;
}

/** The proof's problems with a weakness and without. */
export interface WeaknessOutcome {
  readonly tried: number;
  readonly problems: readonly string[];
  /** Problems without the weakness: must be empty, or the test proves nothing. */
  readonly control: readonly string[];
}

function without(isLeftOut: (testCase: Case) => boolean): Partial<Questions> {
  return { cases: allCases.filter((testCase) => !isLeftOut(testCase)) };
}

/** Blinds a check by changing the answer it sees. */
function seeing(change: (answer: HttpAnswer) => HttpAnswer): Partial<Questions> {
  return {
    loosen: (run) => ({
      ...run,
      target: {
        ...run.target,
        async send(request) {
          const outcome = await run.target.send(request);
          return outcome.kind === 'answer' ? change(outcome) : outcome;
        },
      },
    }),
  };
}

function validating(name: keyof Run['validators'], change: (validator: Validator) => Validator): Partial<Questions> {
  return {
    loosen: (run) => ({ ...run, validators: { ...run.validators, [name]: change(run.validators[name]) } }),
  };
}

/** Deleted cases and blinded checks, each of which must let mutants survive. */
export const WEAKNESSES: Readonly<Record<string, Weakness>> = {
  'case-deleted': {
    planted: 'RQ-8/leading-low-line and its doubled variant are deleted',
    questions: without(({ id }) => /^RQ-8\/(?:doubled-)?leading-low-line/.test(id)),
    concerns: ({ claim }) => claim === 'RQ-8',
  },
  'case-group-deleted': {
    planted: 'every case with a longer key is deleted',
    questions: without(({ steps }) =>
      steps.some(({ calls }) =>
        calls.some(({ credentials }) => credentials === 'longer' || credentials === 'blank-added'),
      ),
    ),
    concerns: ({ claim }) => claim === 'AU-3',
  },
  'properties-deleted': {
    planted: 'the properties are deleted',
    questions: without(({ property }) => property !== undefined),
    concerns: ({ kind }) => kind === 'combination',
  },
  'no-echo-check': {
    planted: 'what comes back is not compared with what was sent',
    questions: { loosen: (run) => ({ ...run, echoes: [] }) },
    concerns: ({ id }) => id.startsWith('customer.first_name:'),
  },
  'relation-skipped': {
    planted: 'ids of different customers are not compared in the tables',
    questions: {
      cases: allCases.map((testCase) => ({
        ...testCase,
        relations: (testCase.relations ?? []).filter(({ kind }) => kind !== 'different-ids'),
      })),
    },
    concerns: ({ claim }) => claim === 'GC-2',
  },
  'any-4xx': {
    planted: 'any status from 400 to 499 is accepted as the 400 of a bad request',
    questions: seeing((answer) => (answer.status > 400 && answer.status < 500 ? { ...answer, status: 400 } : answer)),
    concerns: ({ id }) => id.startsWith('400:status-'),
  },
  'expiry-not-compared': {
    planted: "a token's expiry is not compared with the Date header",
    questions: seeing(({ headers: { date: _, ...headers }, ...answer }) => ({ ...answer, headers })),
    concerns: ({ id }) => /^fault:.*expired/.test(id),
  },
  'media-type-not-read': {
    planted: 'the Content-Type header is not checked',
    questions: seeing((answer) => ({
      ...answer,
      headers: { ...answer.headers, 'content-type': 'application/json' },
    })),
    concerns: ({ id }) => /media-type/.test(id) && !id.startsWith('operation:'),
  },
  'schema-rule-ignored': {
    planted: 'nothing in the body of a 400 is required',
    questions: validating(
      'BadRequest',
      (validator) => (value) => validator(value).filter(({ missing }) => missing === undefined),
    ),
    concerns: ({ id }) => id.startsWith('bad-request.error_code:'),
  },
};

/**
 * Runs the proof on the relevant mutants with the weakness, and without it on those that then survive or are misjudged.
 * @param only the id of the only mutant to try
 */
export async function plantWeakness(spot: Weakness, contract: Contract, only?: string): Promise<WeaknessOutcome> {
  const document = await readRawDocument();
  const equivalents = new Set(readEquivalents().map(({ id }) => id));
  const mutants = allMutants(document).filter((one) => spot.concerns(one) && (only === undefined || only === one.id));
  const problemsWith = async (mutant: Mutant, questions: Partial<Questions>) =>
    // Unrelated failed claims are only counted over all mutants.
    problemsOf({ mutants: [await proveMutant(mutant, document, contract, equivalents.has(mutant.id), questions)] });
  const problems: string[] = [];
  const control: string[] = [];
  for (const mutant of mutants) {
    const found = await problemsWith(mutant, spot.questions);
    problems.push(...found);
    if (found.length > 0) control.push(...(await problemsWith(mutant, {})));
  }
  return { tried: mutants.length, problems, control };
}
