import { noticesOf } from './notices.ts';
import { dayOf, pinsOf } from './observation-pins.ts';
import type { ObservationChange, Pins, Report, Watch } from './report.ts';

/** The report with its observations compared with the pinned ones. @param strict whether a change fails the run */
export function watchObservations(report: Report, pins: Pins, strict: boolean): Report {
  const own = pinsOf(pins, report.target.host);
  const changes = report.cases.flatMap(({ id, title, observation }): ObservationChange[] => {
    const then = own[id];
    if (then === undefined || observation === undefined || then.observation === observation) return [];
    return [{ id, title, then, now: { observation, on: dayOf(report) } }];
  });
  return withWatch(report, { pinned: Object.keys(own).length, strict, changes });
}

/** The report with the comparison; a change fails the run if the pins are strict. */
export function withWatch(report: Report, watch: Watch): Report {
  const compared = { ...report, watch };
  const watched = { ...compared, notices: noticesOf(compared) };
  const { pinned, strict, changes } = watch;
  if (!strict || changes.length === 0 || report.verdict === 'does-not-conform') return watched;
  // Also if the run could not judge everything, because it did see the change.
  const summary = `fails: ${changes.length} of ${pinned} pinned observations changed; apart from that: ${report.summary}`;
  return { ...watched, verdict: 'does-not-conform', summary };
}
