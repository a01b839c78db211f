import { NOT_SELECTED, type Report } from './report.ts';

/** What was judged, in a sentence: a report of the mock must not be taken for one of the service. */
export function whatWasJudged({ target }: Pick<Report, 'target'>): string {
  if (target.kind === 'mock') return 'Judged the built-in mock: this says nothing of the service itself.';
  if (target.recording === undefined) return `Judged the server at ${target.host}.`;
  const day = target.recording.recorded.slice(0, 10);
  return `Replayed what the server at ${target.host} answered on ${day}; nothing was sent.`;
}

/** Of a replay: that the contract is no longer what it was. */
export function contractChangedSince({ recording }: Report['target']): string[] {
  if (recording?.contractChanged !== true) return [];
  const hash = recording.contractSha256.slice(0, 12);
  return [`The contract has changed since the recording was made (it was ${hash} then): record again.`];
}

/** What a reader must know before believing the verdict: a run that broke off, a part of the cases, stale waivers. */
export function noticesOf(report: Report): string[] {
  const { complete, counts, cases, waivers = [], proof, contract } = report;
  const notices = contractChangedSince(report.target);
  const left = counts['not-run'];
  // The others have a reason of their own, which the report gives: a run that chose nothing is no part of one.
  const unselected = cases.filter(({ reason }) => reason === NOT_SELECTED).length;
  if (!complete) {
    notices.push(
      `The run ended early: ${count(left, 'case was', 'cases were')} not run, and the verdict is of the rest alone.`,
    );
  } else if (unselected > 0) {
    notices.push(`A part of the suite: ${left} of ${count(counts.total, 'case was', 'cases were')} not run.`);
  }
  if (counts.error > 0) notices.push(`${count(counts.error, 'case', 'cases')} could not be judged.`);
  const stale = waivers.filter((waiver) => waiver.state !== 'used');
  if (stale.length > 0) {
    notices.push(
      `${count(stale.length, 'stale waiver', 'stale waivers')}, which fails the run: ${list(stale.map((one) => one.id))}.`,
    );
  }
  if (report.watch !== undefined && report.watch.changes.length > 0) notices.push(changedObservations(report.watch));
  if (proof !== undefined && proof.contractSha256 !== contract.sha256) {
    notices.push('The proof is of another version of the contract: run npm run prove again.');
  }
  return notices;
}

function changedObservations({ strict, changes }: NonNullable<Report['watch']>): string {
  const told = changes.map(
    ({ id, then, now }) => `${id} “${then.observation}” since ${then.since}, now “${now.observation}”`,
  );
  const what = count(changes.length, 'pinned observation has changed', 'pinned observations have changed');
  return `${what}${strict ? ', which fails the run' : ''}: ${list(told)}.`;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

function list(ids: readonly string[]): string {
  return ids.length > 5 ? `${ids.slice(0, 5).join(', ')} and ${ids.length - 5} more` : ids.join(', ');
}
