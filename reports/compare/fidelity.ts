import { SetupError } from '../../spec/setup-error.ts';
import type { Report } from '../report.ts';
import type { ReportedCase } from '../reported-case.ts';
import { stateOf, VERDICT_WORDS } from '../words.ts';

/** How the mock can compare with the service in one case: in words, and whether the two are alike; null: not comparable. */
export const FIDELITY_CLASSES = {
  'both-conform': { words: 'both conform', alike: true },
  'mock-kinder': { words: 'only the service fails', alike: false },
  'mock-stricter': { words: 'only the mock fails', alike: false },
  'both-deviate-alike': { words: 'both fail in the same way', alike: true },
  'both-deviate-differently': { words: 'both fail, differently', alike: false },
  'observed-alike': { words: 'open claims, both do the same', alike: true },
  'observed-differently': { words: 'open claims, the two differ', alike: false },
  'not-comparable': { words: 'not comparable', alike: null },
} as const;

type FidelityClass = keyof typeof FIDELITY_CLASSES;

/** One case of both runs. */
export interface ComparedCase {
  readonly id: string;
  readonly title: string;
  readonly kind: FidelityClass;
  /** What the mock did, if the two can be compared. */
  readonly mock?: string;
  /** What the service did, if the two can be compared. */
  readonly live?: string;
  /** Why they cannot be compared. */
  readonly reason?: string;
}

/** The mock compared with the service. */
export interface Fidelity {
  readonly cases: readonly ComparedCase[];
  /** Number of cases in which both behaved alike. */
  readonly alike: number;
  /** Number of cases that can be compared. */
  readonly comparable: number;
  /** What limits the comparison as a whole. */
  readonly notes: readonly string[];
}

/**
 * Compares a run against the mock with one against the service, live or replayed.
 * @throws SetupError if the first is not a run against the mock, or the second is
 */
export function compareFidelity(mock: Report, live: Report): Fidelity {
  if (mock.target.kind !== 'mock') throw new SetupError('the first report is not of a run against the mock');
  if (live.target.kind === 'mock')
    throw new SetupError('the second report is of a run against the mock, not the service');
  const others = new Map(live.cases.map((one) => [one.id, one]));
  const known = new Set(mock.cases.map(({ id }) => id));
  const cases = [
    ...mock.cases.map((one) => compareCase(one, others.get(one.id))),
    ...live.cases.filter(({ id }) => !known.has(id)).map((one) => notComparable(one, 'not in the run of the mock')),
  ];
  return {
    cases,
    alike: cases.filter(({ kind }) => FIDELITY_CLASSES[kind].alike).length,
    comparable: cases.filter(({ kind }) => kind !== 'not-comparable').length,
    notes: [
      ...(mock.contract.sha256 === live.contract.sha256 ? [] : ['the two runs were judged by different contracts']),
      ...(mock.complete ? [] : ['the run of the mock is incomplete']),
      ...(live.complete ? [] : ['the run of the service is incomplete']),
    ],
  };
}

function compareCase(mock: ReportedCase, live: ReportedCase | undefined): ComparedCase {
  if (live === undefined) return notComparable(mock, 'not in the run of the service');
  const undecided = Object.entries({ mock, service: live }).find(([, one]) => stateOf(one) === 'undecided');
  if (undecided !== undefined) {
    const [who, { verdict, reason = 'no reason given' }] = undecided;
    return notComparable(mock, `${VERDICT_WORDS[verdict].word} against the ${who}: ${reason}`);
  }
  const { id, title } = mock;
  return { id, title, kind: kindOf(mock, live), mock: behaviourOf(mock), live: behaviourOf(live) };
}

function kindOf(mock: ReportedCase, live: ReportedCase): FidelityClass {
  const [mockBreaks, liveBreaks] = [stateOf(mock) === 'breaks', stateOf(live) === 'breaks'];
  // Deviations are compared by their codes, because ids and times differ between runs.
  if (mockBreaks && liveBreaks)
    return codesOf(mock) === codesOf(live) ? 'both-deviate-alike' : 'both-deviate-differently';
  if (liveBreaks) return 'mock-kinder';
  if (mockBreaks) return 'mock-stricter';
  if (mock.observation !== live.observation) return 'observed-differently';
  return mock.observation === undefined ? 'both-conform' : 'observed-alike';
}

function codesOf({ findings }: ReportedCase): string {
  return [...new Set(findings.map(({ code }) => code))].sort().join();
}

function notComparable({ id, title }: ReportedCase, reason: string): ComparedCase {
  return { id, title, kind: 'not-comparable', reason };
}

function behaviourOf(one: ReportedCase): string {
  if (stateOf(one) !== 'breaks') return one.observation ?? 'conforms';
  return one.findings
    .map(({ claim, expected, actual }) => `${claim}: expected ${expected}, actual ${actual}`)
    .join('; ');
}
