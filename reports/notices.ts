import { reasonInWords } from '../suites/judge/result.ts';
import { whyStale } from '../suites/waivers/waiver.ts';
import type { Interruption, Notice, Report } from './report.ts';
import { inOneLine } from './terminal.ts';
import { counted } from './traffic-text.ts';

/** What was judged, in a sentence, so that a report about the mock is not taken for one about the service. */
export function whatWasJudged({ target, interrupted }: Pick<Report, 'target' | 'interrupted'>): string {
  if (interrupted === 'setup') return 'Nothing was judged.';
  const host = brief(target.host);
  if (target.kind === 'mock') return 'Judged the built-in mock: this says nothing about the service itself.';
  if (target.recording === undefined) return `Judged the server at ${host}.`;
  const day = target.recording.recorded.slice(0, 10);
  return `Replayed what the server at ${host} answered on ${day}; nothing was sent.`;
}

/** What was judged, in a few words. */
export function targetInWords({ host, recording }: Report['target']): string {
  return recording === undefined ? host : `replay of ${brief(host)} as of ${recording.recorded.slice(0, 10)}`;
}

/** For a replay: whether the contract has changed since. */
export function contractChangedSince({ recording }: Report['target']): string[] {
  if (recording?.contractChanged !== true) return [];
  const hash = recording.contractSha256.slice(0, 12);
  return [`The contract has changed since the recording was made (it was ${hash} then): record again.`];
}

const INTERRUPTIONS: Readonly<Record<Interruption, string>> = {
  unfinished: 'The run has not finished, or was killed',
  signal: 'The run was interrupted',
  limit: 'The run reached one of its limits, or the target stopped answering',
  setup: 'The run could not start',
  defect: 'The suite itself failed',
};

type Unfinished = Pick<Report, 'complete' | 'interrupted' | 'limit' | 'cases' | 'counts'>;

/** For a run that ended early: why, how much is missing, and how to continue. */
export function endedEarly({ complete, interrupted, limit, cases, counts }: Unfinished): string[] {
  if (complete) return [];
  const missing = cases.filter((one) => one.notRun === 'not-reached').length;
  const why = `${INTERRUPTIONS[interrupted ?? 'unfinished']}${limit === undefined ? '' : ` (${brief(limit)})`}`;
  if (missing === counts.total) return [interrupted === 'setup' ? `${why}.` : `${why} before its first case.`];
  return [
    `${why}: ${counted(missing, 'case was', 'cases were')} not reached, and the verdict covers only the rest.` +
      ' To continue: juspay-conformance run --only failed, with the same settings.',
  ];
}

/**
 * What a reader must know to interpret the verdict: that the run ended early, covers only some cases, or has waivers.
 */
export function noticesOf(report: Omit<Report, 'notices'>): Notice[] {
  const { run, cases, counts, target, waivers = [], otherWaivers = [], watch, proof, contract } = report;
  const notices: Notice[] = [];
  const say = (code: Notice['code'], text: string, fails = false) => notices.push({ code, text, fails });
  for (const text of contractChangedSince(target)) say('contract-changed', text);
  for (const text of endedEarly(report)) say('interrupted', text);
  const notRun = (why: string) => cases.filter((one) => one.notRun === why).length;
  if (run.profile === 'smoke') {
    const left = report.claims.filter(({ level, decided }) => level === 'must' && decided.cases === 0);
    const undecided = left.length === 0 ? '' : ` Claims not decided: ${left.map(({ id }) => id).join(', ')}.`;
    say('smoke', `A smoke run: only the few cases that decide most.${undecided}`);
  }
  if (run.shard !== null) {
    const { index, count } = run.shard;
    say('shard', `Part ${index} of ${count} of a run: the other parts are in other reports.`);
  }
  if (notRun('not-selected') > 0) {
    const of = `${notRun('not-selected')} of ${counted(counts.total, 'case was', 'cases were')}`;
    say('partial', `Part of the suite: ${of} not selected.`);
  }
  if (notRun('not-recorded') > 0) {
    const what = counted(notRun('not-recorded'), 'case is', 'cases are');
    say('not-recorded', `${what} not in the recording and could not be judged: record again.`);
  }
  if (counts.error > 0) {
    const [first = {}] = cases.filter(({ verdict }) => verdict === 'error');
    const why = inOneLine(reasonInWords(first), REASON);
    say('error', `${counted(counts.error, 'case', 'cases')} could not be judged: ${why}`);
  }
  const used = waivers.filter((waiver) => waiver.state === 'used');
  if (used.length > 0) {
    const byDays = [...new Set(used.map(({ daysLeft }) => daysLeft))]
      .sort((a, b) => a - b)
      .map((days) => {
        const ids = used.filter(({ daysLeft }) => daysLeft === days).map(({ id }) => id);
        return `${ids.join(', ')} (${counted(days, 'day', 'days')} left)`;
      });
    say('waived', `Failing but waived: ${byDays.join('; ')}.`);
  }
  const stale = waivers.map(whyStale).filter((why) => why !== undefined);
  if (stale.length > 0) {
    const what = counted(stale.length, 'stale waiver fails', 'stale waivers fail');
    const advice = 'juspay-conformance waive REPORT FILE --prune removes what is not needed';
    say('stale-waivers', `${what} the run: ${stale.join('; ')} (${advice}).`, true);
  }
  if (otherWaivers.length > 0) {
    say('other-waivers', `Waivers for other hosts do not apply here: ${list(otherWaivers.map(brief))}.`);
  }
  if (watch !== undefined && watch.changes.length > 0) {
    say('observations-changed', changedObservations(watch), watch.strict);
  }
  if (proof !== undefined && proof.contractSha256 !== contract.sha256) {
    say('other-proof', 'The proof is of another version of the contract: run juspay-conformance prove again.');
  }
  return notices;
}

/** Maximum characters of an observation in a sentence; every view shows all of it elsewhere. */
const BRIEF = 80;
/** Maximum characters of a reason, which says what to do. */
const REASON = 400;

function changedObservations({ strict, changes }: NonNullable<Report['watch']>): string {
  const named = changes.map(
    ({ id, then, now }) => `${id} “${brief(then.observation)}” since ${then.since}, now “${brief(now.observation)}”`,
  );
  const what = counted(changes.length, 'pinned observation has changed', 'pinned observations have changed');
  return `${what}${strict ? ', which fails the run' : ''}: ${list(named)}.`;
}

function brief(text: string): string {
  return inOneLine(text, BRIEF);
}

function list(ids: readonly string[]): string {
  return ids.length > 5 ? `${ids.slice(0, 5).join(', ')} and ${ids.length - 5} more` : ids.join(', ');
}
