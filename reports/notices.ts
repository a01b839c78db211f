import { NOT_SELECTED, type Report } from './report.ts';
import { forTerminal } from './terminal.ts';
import { counted } from './traffic-text.ts';

/** Something that a reader must know before believing the verdict. */
export interface Notice {
  readonly text: string;
  /** The run fails by it, whatever its cases say. */
  readonly fails: boolean;
}

/** What was judged, in a sentence: a report of the mock must not be taken for one of the service. */
export function whatWasJudged({ target }: Pick<Report, 'target'>): string {
  const host = brief(target.host);
  if (target.kind === 'mock') return 'Judged the built-in mock: this says nothing of the service itself.';
  if (target.recording === undefined) return `Judged the server at ${host}.`;
  const day = target.recording.recorded.slice(0, 10);
  return `Replayed what the server at ${host} answered on ${day}; nothing was sent.`;
}

/** What was judged, in a few words. */
export function targetInWords({ host, recording }: Report['target']): string {
  return recording === undefined ? host : `replay of ${brief(host)} as of ${recording.recorded.slice(0, 10)}`;
}

/** Of a replay: that the contract is no longer what it was. */
export function contractChangedSince({ recording }: Report['target']): string[] {
  if (recording?.contractChanged !== true) return [];
  const hash = recording.contractSha256.slice(0, 12);
  return [`The contract has changed since the recording was made (it was ${hash} then): record again.`];
}

/** Of a run that broke off: how much is missing, and how to go on. */
export function endedEarly({ complete, cases, counts }: Pick<Report, 'complete' | 'cases' | 'counts'>): string[] {
  if (complete) return [];
  const unreached = cases.filter((one) => one.unreached === true).length;
  if (unreached === counts.total) return ['The run ended before its first case.'];
  return [
    `The run ended early: ${counted(unreached, 'case was', 'cases were')} not reached, and the verdict is of the rest alone.` +
      ' JUSPAY_ONLY=failed npm run conformance, with the settings of this run, goes on with them.',
  ];
}

/** What a reader must know before believing the verdict: a run that broke off, a part of the cases, stale waivers. */
export function noticesOf(report: Report): Notice[] {
  const { cases, counts, target, waivers = [], watch, proof, contract } = report;
  const notices: Notice[] = [];
  const say = (text: string, fails = false) => notices.push({ text, fails });
  for (const text of [...contractChangedSince(target), ...endedEarly(report)]) say(text);
  // The others have a reason of their own, which the report gives: a run that chose nothing is no part of one.
  const unselected = cases.filter(({ reason }) => reason === NOT_SELECTED).length;
  if (unselected > 0) {
    say(`A part of the suite: ${unselected} of ${counted(counts.total, 'case was', 'cases were')} not selected.`);
  }
  const unrecorded = cases.filter((one) => one.verdict === 'not-run' && isNotRecorded(one.reason)).length;
  if (unrecorded > 0) {
    say(`${counted(unrecorded, 'case is', 'cases are')} not in the recording, and not judged: record again.`);
  }
  if (counts.error > 0) say(`${counted(counts.error, 'case', 'cases')} could not be judged.`);
  const stale = waivers.filter((waiver) => waiver.state !== 'used');
  if (stale.length > 0) {
    const ids = list(stale.map((one) => one.id));
    say(`${counted(stale.length, 'stale waiver', 'stale waivers')}, which fails the run: ${ids}.`, true);
  }
  if (watch !== undefined && watch.changes.length > 0) {
    say(changedObservations(watch), watch.strict);
  }
  if (proof !== undefined && proof.contractSha256 !== contract.sha256) {
    say('The proof is of another version of the contract: run npm run prove again.');
  }
  return notices;
}

function isNotRecorded(reason = ''): boolean {
  return reason.startsWith('not recorded');
}

/** Characters of an observation that is told in a sentence; it has a place of its own in every view. */
const BRIEF = 80;

function changedObservations({ strict, changes }: NonNullable<Report['watch']>): string {
  const told = changes.map(
    ({ id, then, now }) => `${id} “${brief(then.observation)}” since ${then.since}, now “${brief(now.observation)}”`,
  );
  const what = counted(changes.length, 'pinned observation has changed', 'pinned observations have changed');
  return `${what}${strict ? ', which fails the run' : ''}: ${list(told)}.`;
}

function brief(text: string): string {
  const characters = Array.from(forTerminal(text).replace(/\s+/g, ' '));
  return characters.length <= BRIEF ? characters.join('') : `${characters.slice(0, BRIEF - 1).join('')}…`;
}

function list(ids: readonly string[]): string {
  return ids.length > 5 ? `${ids.slice(0, 5).join(', ')} and ${ids.length - 5} more` : ids.join(', ');
}
