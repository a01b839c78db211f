import { isOtherObservation, stateOf } from '../differs.ts';
import { contractChangedSince, targetInWords } from '../notices.ts';
import type { Report, ReportedCase, ReportedClaim } from '../report.ts';
import { VERDICT_WORDS } from '../words.ts';

/**
 * What became of a claim or a case from one run to the next. `newly-broken` is whatever is broken now and was not known to be
 * before, also where it is new or was not judged before. `other-observation` is of what the page leaves open.
 */
export type Change =
  | 'newly-broken'
  | 'repaired'
  | 'no-longer-judged'
  | 'judged-again'
  | 'other-observation'
  | 'new'
  | 'gone'
  | 'same';

/** A change of one claim or case. */
export interface Changed {
  readonly id: string;
  /** A claim's reading or a case's title. */
  readonly title: string;
  readonly change: Change;
  readonly before: string;
  readonly after: string;
}

/** A claim that changed, with the cases that changed with it: its own, and those that show it broken. */
export interface ChangedClaim extends Changed {
  readonly cases: readonly Changed[];
}

/** What changed between two runs. */
export interface Comparison {
  readonly before: Report;
  readonly after: Report;
  readonly claims: readonly Changed[];
  readonly cases: readonly Changed[];
  /** The claims that changed, in the order in which they are told, each with its changed cases. */
  readonly byClaim: readonly ChangedClaim[];
  /** Cases that changed under a claim that did not. */
  readonly otherCases: readonly Changed[];
  /** Something is broken that was not known to be broken before. */
  readonly broke: boolean;
  /** Why the two runs cannot be compared without care. */
  readonly cautions: readonly string[];
}

/** Changes in the order in which they are told. */
export const CHANGES: readonly Change[] = [
  'newly-broken',
  'no-longer-judged',
  'other-observation',
  'gone',
  'repaired',
  'judged-again',
  'new',
  'same',
];

/** Compares two runs, claim by claim and case by case. */
export function compareReports(before: Report, after: Report): Comparison {
  const claims = changesOf(before.claims, after.claims, (claim) => claim.reading, observationsOfClaim);
  const cases = changesOf(
    before.cases,
    after.cases,
    (one) => one.title,
    (one) => one.observation ?? '',
  );
  const broke = [...claims, ...cases].some((one) => one.change === 'newly-broken');
  return {
    before,
    after,
    claims,
    cases,
    ...grouped({ before, after, claims, cases }),
    broke,
    cautions: cautionsOf(before, after),
  };
}

function grouped({ before, after, claims, cases }: Pick<Comparison, 'before' | 'after' | 'claims' | 'cases'>) {
  const changedCases = changedOnly(cases);
  const shown = new Map<string, Set<string>>();
  for (const { id, cases: own, brokenBy } of [...before.claims, ...after.claims]) {
    shown.set(id, new Set([...(shown.get(id) ?? []), ...own, ...brokenBy]));
  }
  const byClaim = changedOnly(claims).map(
    (claim): ChangedClaim => ({ ...claim, cases: changedCases.filter(({ id }) => shown.get(claim.id)?.has(id)) }),
  );
  const told = new Set(byClaim.flatMap((claim) => claim.cases.map(({ id }) => id)));
  return { byClaim, otherCases: changedCases.filter(({ id }) => !told.has(id)) };
}

/** What changed, in the order in which it is told. */
function changedOnly(all: readonly Changed[]): Changed[] {
  return CHANGES.filter((change) => change !== 'same').flatMap((change) => all.filter((one) => one.change === change));
}

function changesOf<T extends ReportedClaim | ReportedCase>(
  before: readonly T[],
  after: readonly T[],
  titleOf: (one: T) => string,
  observed: (one: T) => string,
): Changed[] {
  const old = new Map(before.map((one) => [one.id, one]));
  const now = new Map(after.map((one) => [one.id, one]));
  const gone = before.filter((one) => !now.has(one.id));
  return [...after, ...gone].map(({ id }) => {
    const [first, second] = [old.get(id), now.get(id)];
    const known = second ?? first;
    return {
      id,
      title: known === undefined ? id : titleOf(known),
      change: changeOf(first, second, observed),
      before: first === undefined ? 'not there' : told(first, observed),
      after: second === undefined ? 'not there' : told(second, observed),
    };
  });
}

function changeOf<T extends ReportedClaim | ReportedCase>(
  before: T | undefined,
  after: T | undefined,
  observed: (one: T) => string,
): Change {
  if (after === undefined) return 'gone';
  const old = before === undefined ? undefined : stateOf(before);
  const now = stateOf(after);
  if (now === 'breaks' && old !== 'breaks') return 'newly-broken';
  if (before === undefined || old === undefined) return 'new';
  if (now === old) {
    return now === 'open' && isOtherObservation(observed(before), observed(after)) ? 'other-observation' : 'same';
  }
  if (now === 'undecided') return 'no-longer-judged';
  return old === 'breaks' ? 'repaired' : 'judged-again';
}

function told<T extends ReportedClaim | ReportedCase>(one: T, observed: (one: T) => string): string {
  const what = observed(one);
  return one.verdict === 'observed' && what !== '' ? what : VERDICT_WORDS[one.verdict].word;
}

function observationsOfClaim(claim: ReportedClaim): string {
  return Object.entries(claim.observations ?? {})
    .map(([id, what]) => `${id}: ${what}`)
    .join('; ');
}

function cautionsOf(before: Report, after: Report): string[] {
  const cautions: string[] = [];
  if (before.contract.sha256 !== after.contract.sha256) {
    cautions.push(
      'The two runs were judged by different contracts: a change can be one of the suite, not of the server.',
    );
  }
  const [first, second] = [targetInWords(before.target), targetInWords(after.target)];
  if (before.target.kind !== after.target.kind || before.target.host !== after.target.host) {
    cautions.push(`The two runs judged different targets: ${first} and ${second}.`);
  }
  for (const [name, report] of [
    ['first', before],
    ['second', after],
  ] as const) {
    cautions.push(...contractChangedSince(report.target).map((notice) => `Of the ${name} run: ${notice}`));
    if (!report.complete) cautions.push(`The ${name} run ended early.`);
    else if (report.counts['not-run'] > 0)
      cautions.push(`The ${name} run left out ${report.counts['not-run']} of ${report.counts.total} cases.`);
  }
  return cautions;
}
