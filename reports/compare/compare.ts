import { contractChangedSince, targetInWords } from '../notices.ts';
import type { Report, ReportedClaim } from '../report.ts';
import type { ReportedCase } from '../reported-case.ts';
import { counted } from '../traffic-text.ts';
import { stateOf, VERDICT_WORDS } from '../words.ts';

/**
 * How a claim or a case changed between two runs. `newly-broken`: broken now, and not known to be broken before, including
 * new claims and those that were not judged before. `other-observation`: of something that the page leaves open.
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

/** A changed claim with its changed cases: its own, and those that show it broken. */
export interface ChangedClaim extends Changed {
  readonly cases: readonly Changed[];
}

/** What changed between two runs. */
export interface Comparison {
  readonly before: Report;
  readonly after: Report;
  readonly claims: readonly Changed[];
  readonly cases: readonly Changed[];
  /** The changed claims in the order of listing, each with its changed cases. */
  readonly byClaim: readonly ChangedClaim[];
  /** Changed cases of claims that did not change. */
  readonly otherCases: readonly Changed[];
  /** Whether something is broken that was not known to be broken before. */
  readonly broke: boolean;
  /** Caveats of the comparison. */
  readonly cautions: readonly string[];
}

/** The name of each change, in the order of listing. */
export const CHANGE_WORDS: Readonly<Record<Change, string>> = {
  'newly-broken': 'newly failing',
  'no-longer-judged': 'no longer judged',
  repaired: 'repaired',
  'other-observation': 'observed differently',
  gone: 'gone',
  'judged-again': 'judged again',
  new: 'new',
  same: 'the same',
};
export const CHANGES = Object.keys(CHANGE_WORDS) as readonly Change[];

/** Compares two runs, claim by claim and case by case. */
export function compareReports(before: Report, after: Report): Comparison {
  const claims = changesOf(before.claims, after.claims);
  const cases = changesOf(before.cases, after.cases);
  const broke = [...claims, ...cases].some((one) => one.change === 'newly-broken');
  const changedCases = changedOnly(cases);
  const shown = new Map<string, Set<string>>();
  for (const { id, cases: own, brokenBy } of [...before.claims, ...after.claims]) {
    shown.set(id, new Set([...(shown.get(id) ?? []), ...own, ...brokenBy]));
  }
  const byClaim = changedOnly(claims).map(
    (claim): ChangedClaim => ({ ...claim, cases: changedCases.filter(({ id }) => shown.get(claim.id)?.has(id)) }),
  );
  const named = new Set(byClaim.flatMap((claim) => claim.cases.map(({ id }) => id)));
  const otherCases = changedCases.filter(({ id }) => !named.has(id));
  return { before, after, claims, cases, byClaim, otherCases, broke, cautions: cautionsOf(before, after) };
}

/** The changes in the order of listing. */
function changedOnly(all: readonly Changed[]): Changed[] {
  return CHANGES.filter((change) => change !== 'same').flatMap((change) => all.filter((one) => one.change === change));
}

function changesOf(before: readonly Compared[], after: readonly Compared[]): Changed[] {
  const old = new Map(before.map((one) => [one.id, one]));
  const now = new Map(after.map((one) => [one.id, one]));
  const ids = new Set([...now.keys(), ...old.keys()]);
  return [...ids].map((id) => {
    const [first, second] = [old.get(id), now.get(id)];
    const known = second ?? first;
    return {
      id,
      title: known === undefined ? id : 'reading' in known ? known.reading : known.title,
      change: changeOf(first, second),
      before: inWords(first),
      after: inWords(second),
    };
  });
}

type Compared = ReportedClaim | ReportedCase;

function changeOf(before: Compared | undefined, after: Compared | undefined): Change {
  if (after === undefined) return 'gone';
  const old = before === undefined ? undefined : stateOf(before);
  const now = stateOf(after);
  if (now === 'breaks' && old !== 'breaks') return 'newly-broken';
  if (before === undefined || old === undefined) return 'new';
  if (now === old) return now === 'open' && observed(before) !== observed(after) ? 'other-observation' : 'same';
  if (now === 'undecided') return 'no-longer-judged';
  return old === 'breaks' ? 'repaired' : 'judged-again';
}

/** The observation in a comparable form. */
function observed(one: Compared): string {
  return 'reading' in one ? JSON.stringify(one.observations) : (one.observation ?? '');
}

/** The observation of a case, or its verdict. */
function inWords(one: Compared | undefined): string {
  if (one === undefined) return 'missing';
  const { word } = VERDICT_WORDS[one.verdict];
  return 'observation' in one && one.verdict === 'observed' ? (one.observation ?? word) : word;
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
  const parts = [before, after].map((report) => [...contractChangedSince(report.target), ...incompleteness(report)]);
  const [earlier = [], later = []] = parts;
  for (const text of new Set([...earlier, ...later])) {
    const which = !later.includes(text) ? 'The earlier run' : earlier.includes(text) ? 'Both runs' : 'The later run';
    cautions.push(`${which}: ${text}`);
  }
  return cautions;
}

function incompleteness({ complete, counts }: Report): string[] {
  if (!complete) return ['it ended early.'];
  return counts['not-run'] > 0 ? [`${counts['not-run']} of ${counted(counts.total, 'case', 'cases')} not run.`] : [];
}
