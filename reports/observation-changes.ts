import { isOtherObservation } from './differs.ts';
import { noticesOf } from './notices.ts';
import { dayOf, pinsOf } from './observation-pins.ts';
import type { ObservationChange, Pins, Report } from './report.ts';
import { inLines, inOneLine } from './terminal.ts';

/** The report with its observations compared with the pinned ones. @param strict a change fails the run */
export function watchObservations(report: Report, pins: Pins, strict: boolean): Report {
  const own = pinsOf(pins, report.target.host);
  const changes = report.cases.flatMap(({ id, title, observation }): ObservationChange[] => {
    const then = own[id];
    if (then === undefined || observation === undefined || !isOtherObservation(then.observation, observation))
      return [];
    return [{ id, title, then, now: { observation, on: dayOf(report) } }];
  });
  const compared = { ...report, watch: { pinned: Object.keys(own).length, strict, changes } };
  const watched = { ...compared, notices: noticesOf(compared) };
  if (!strict || changes.length === 0 || report.verdict === 'does-not-conform') return watched;
  // A run that could not judge everything has seen this change all the same.
  return {
    ...watched,
    verdict: 'does-not-conform',
    summary: `fails: ${changes.length} of ${watched.watch.pinned} pinned observations changed; apart from that: ${report.summary}`,
  };
}

/** What the watch has to say; nothing where nothing changed. @param width characters of a line at most */
export function watchLines({ target, watch }: Report, width: number): string[] {
  if (watch === undefined) return [];
  if (watch.pinned === 0) {
    return [
      inLines(`No observations are pinned for ${target.host}: juspay-conformance pin REPORT.json FILE does it.`, width),
    ];
  }
  if (watch.changes.length === 0) return [];
  return [
    `What this server does otherwise than when it was pinned (${watch.strict ? 'fails the run' : 'a warning'})`,
    ...watch.changes.flatMap(({ id, title, then, now }) => [
      `  ${id}  ${inOneLine(title, width - id.length - 4)}`,
      `    on ${then.since}  ${inOneLine(then.observation, width - 19)}`,
      `    on ${now.on}  ${inOneLine(now.observation, width - 19)}`,
    ]),
  ];
}
