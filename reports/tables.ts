import { groupBy } from '../spec/group-by.ts';
import { wronglyTreated } from './accepted-values.ts';
import type { Report } from './report.ts';
import type { ReportedCase } from './reported-case.ts';
import { counted } from './traffic-text.ts';

/** A text, or ids of claims or cases, or the name of a field. */
export type Cell = string | readonly string[];

/**
 * A table that is the same in every view. The first cell of a row is the id of a case or a claim, or a number of cases.
 */
export interface ReportTable {
  readonly id: 'changed' | 'errors' | 'open' | 'waived' | 'characters' | 'not-run';
  readonly title: string;
  /** What it means; may be empty. */
  readonly intro: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Maximum ids listed beside a reason. */
const NAMED = 5;

/**
 * The tables of what changed since it was pinned, could not be judged, is open, is waived, or was not run; without empty
 * ones.
 */
export function reportTables(report: Report): ReportTable[] {
  return [
    changed(report),
    byReason('errors', 'What could not be judged', 'error', report),
    open(report),
    waivers(report),
    byReason('not-run', 'What was not run', 'not-run', report),
    characters(report),
  ].filter(({ rows }) => rows.length > 0);
}

function changed({ watch }: Report): ReportTable {
  const { pinned = 0, strict = false, changes = [] } = watch ?? {};
  return {
    id: 'changed',
    title: 'What changed since it was pinned',
    intro: `${changes.length} of ${counted(pinned, 'pinned observation', 'pinned observations')}. ${
      strict
        ? 'It fails the run: JUSPAY_OBSERVATIONS_STRICT=1.'
        : 'A warning: the page leaves these open, and no verdict depends on them.'
    }`,
    head: ['Case', 'What is tried', 'Pinned', 'Now'],
    rows: changes.map(({ id, title, then, now }) => [
      [id],
      title,
      `${then.observation} (${then.since})`,
      `${now.observation} (${now.on})`,
    ]),
  };
}

function open({ claims }: Report): ReportTable {
  return {
    id: 'open',
    title: 'What the page leaves open',
    intro: 'The page is silent here, only recommends, or contradicts itself. No verdict depends on it.',
    head: ['Claim', 'Left open', 'What this server did', 'Possible readings'],
    rows: claims
      .filter((claim) => claim.level === 'open')
      .map(({ id, reading, readings = [], observes = '', observations = {}, reason = '' }) => [
        [id],
        reading,
        [...new Set(Object.values(observations))].join('; ') || `not observed: ${reason}`,
        readings.length > 0 ? readings.join('; ') : observes,
      ]),
  };
}

function waivers({ waivers: all = [] }: Report): ReportTable {
  const stale = { expired: 'expired', unmatched: 'no such case or claim', passed: 'it passes' };
  return {
    id: 'waived',
    title: 'Waivers',
    intro: 'What fails and is accepted for now. A stale waiver fails the run.',
    head: ['Case or claim', 'State', 'Until', 'Owner', 'Reason'],
    rows: all.map(({ id, reason, owner, expires, daysLeft, state }) => [
      [id],
      state === 'used' ? `${counted(daysLeft, 'day', 'days')} left` : `stale: ${stale[state]}`,
      expires,
      owner,
      reason,
    ]),
  };
}

function characters(report: Report): ReportTable {
  const title = 'Characters and lengths that are not treated as the page says';
  const rows = wronglyTreated(report).map(([field, sentence]) => [[field], sentence]);
  return { id: 'characters', title, intro: '', head: ['Field', 'Not as the page says'], rows };
}

/** By reason, in the order of their first appearance. */
function byReason(
  id: 'errors' | 'not-run',
  title: string,
  wanted: ReportedCase['verdict'],
  { cases }: Report,
): ReportTable {
  const reasons = groupBy(
    cases.filter(({ verdict }) => verdict === wanted),
    ({ reason = 'no reason known' }) => reason,
  );
  return {
    id,
    title,
    intro: '',
    head: ['Cases', 'Why', 'Which'],
    rows: [...reasons].map(([reason, own]) => [
      counted(own.length, 'case', 'cases'),
      reason,
      own.length > NAMED || own[0]?.notRun === 'not-selected' ? '' : own.map((one) => one.id),
    ]),
  };
}

/** A cell as text. */
export function cellText(cell: Cell): string {
  return typeof cell === 'string' ? cell : cell.join(', ');
}
