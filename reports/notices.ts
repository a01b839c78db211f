import { NOT_SELECTED, type Report } from './report.ts';

/** What was judged, in a sentence: a report of the mock must not be taken for one of the service. */
export function whatWasJudged({ target }: Pick<Report, 'target'>): string {
  return target.kind === 'mock'
    ? 'Judged the built-in mock: this says nothing of the service itself.'
    : `Judged the server at ${target.host}.`;
}

/** What a reader must know before believing the verdict: a run that broke off, a part of the cases, stale waivers. */
export function noticesOf(report: Report): string[] {
  const { complete, counts, cases, waivers = [], proof, contract } = report;
  const notices: string[] = [];
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
  if (proof !== undefined && proof.contractSha256 !== contract.sha256) {
    notices.push('The proof is of another version of the contract: run npm run prove again.');
  }
  return notices;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

function list(ids: readonly string[]): string {
  return ids.length > 5 ? `${ids.slice(0, 5).join(', ')} and ${ids.length - 5} more` : ids.join(', ');
}
