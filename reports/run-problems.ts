import { whyStale } from '../suites/waivers/waiver.ts';
import { endedEarly } from './notices.ts';
import type { Report } from './report.ts';

/** What fails a run or leaves it without a verdict, apart from cases. */
export interface RunProblem {
  readonly id: string;
  readonly kind: 'failure' | 'error';
  readonly message: string;
}

/** For tools that only show tests: without these, a run that failed because of them would look green. */
export function runProblems(report: Report): RunProblem[] {
  const { complete, summary, counts, waivers = [], watch } = report;
  const problems: RunProblem[] = waivers.flatMap((waiver) => {
    const message = whyStale(waiver);
    return message === undefined ? [] : [{ id: `waiver/${waiver.id}`, kind: 'failure', message }];
  });
  for (const { id, then, now } of watch?.strict === true ? watch.changes : []) {
    const message = `“${then.observation}” since ${then.since}, now “${now.observation}”`;
    problems.push({ id: `observation/${id}`, kind: 'failure', message });
  }
  if (!complete) {
    problems.push({ id: 'run/ended-early', kind: 'error', message: [summary, ...endedEarly(report)].join('\n') });
  } else if (counts.pass === 0 && counts.fail === 0 && counts.error === 0) {
    problems.push({ id: 'run/nothing-passed', kind: 'error', message: summary });
  }
  return problems;
}
