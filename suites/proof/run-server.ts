import type { Contract } from '../../spec/contract.ts';
import { allCases } from '../cases/all.ts';
import type { Case } from '../cases/case.ts';
import { DEFAULT_SEED, MOCK_RUNS, type PropertyPlan } from '../cases/property-plan.ts';
import type { CaseResult } from '../judge/result.ts';
import type { Run } from '../judge/run.ts';
import { PROOF_KEYS } from '../mock/proof-keys.ts';
import type { MockRequest, MockResponse } from '../mock/steps.ts';
import { judge } from '../runner/judge-case.ts';
import { openRun } from '../runner/operation.ts';
import type { HttpOutcome, Target } from '../targets/target.ts';

const ENCODER = new TextEncoder();

/** A mock, or whatever stands before one; it may leave a call without an answer, which is told at once. */
export interface Answering {
  answer(request: MockRequest): Promise<MockResponse | 'no-answer'>;
}

/** A target that is a mock, asked without the network and without msw: the proof asks some hundred thousand times. */
export function directTarget(mock: Answering): Target {
  return {
    kind: 'mock',
    host: 'proof',
    ...PROOF_KEYS,
    async send(request): Promise<HttpOutcome> {
      const outcome = await mock.answer(request);
      if (outcome === 'no-answer') {
        return { kind: 'failure', reason: 'timeout', message: 'no complete answer within 10 s', retried: [], ms: 10_000 };
      }
      const { status, headers, body } = outcome;
      const bytes = typeof body === 'string' ? ENCODER.encode(body) : body;
      return { kind: 'answer', status, headers, body: bytes, retried: [], ms: 0 };
    },
    close: async () => {},
  };
}

/** What the suite said of one server. */
export interface ServerVerdict {
  /** Broken claims, each with the first case that shows it. */
  readonly broken: Readonly<Record<string, string>>;
  /** Cases that could not be judged, with the reason. */
  readonly errors: Readonly<Record<string, string>>;
}

/** What a server under proof is asked. */
export interface Questions {
  /** Default: every case there is. */
  readonly cases?: readonly Case[];
  readonly properties: PropertyPlan;
  /** Plants a weakness: the cases are judged with the run that this makes. */
  readonly loosen?: (run: Run) => Run;
  /** The rest of the cases need not be asked any more. */
  readonly isEnough?: (verdict: ServerVerdict) => boolean;
}

/** One execution of each property and hardly any shrinking: enough to see, over all servers, whom properties blame. */
export const FEW: PropertyPlan = { seed: DEFAULT_SEED, runs: 1, shrinks: 4 };

/** As many as a run against the mock: a right server is not to be accused by any of them. */
export const USUAL: PropertyPlan = { seed: DEFAULT_SEED, runs: MOCK_RUNS, shrinks: 4 };

/** Some hundred: what only a combination shows is not in every few requests. */
export const MANY: PropertyPlan = { seed: DEFAULT_SEED, runs: 200, shrinks: 20 };

/** Asks a server the cases one after the other, so that faults that count answers always meet the same ones. */
export async function judgeServer(contract: Contract, target: Target, questions: Questions): Promise<ServerVerdict> {
  const { cases = allCases, properties, loosen = (run: Run) => run, isEnough } = questions;
  const run = loosen(openRun(contract, target, 'proof', properties));
  const results: CaseResult[] = [];
  for (const testCase of cases) {
    const result = await judge(testCase, run);
    results.push(result);
    if (result.findings.length > 0 && isEnough?.(verdictOf(results)) === true) break;
  }
  return verdictOf(results);
}

/** Broken claims and errors of some results. */
export function verdictOf(results: readonly CaseResult[]): ServerVerdict {
  const broken: Record<string, string> = {};
  const errors: Record<string, string> = {};
  for (const { id, findings, verdict, reason } of results) {
    for (const { claim } of findings) broken[claim] ??= id;
    if (verdict === 'error') errors[id] = reason ?? '';
  }
  return { broken, errors };
}
