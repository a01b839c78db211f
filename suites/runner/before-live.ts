import { buildReport } from '../../reports/build.ts';
import { type RunContext, recordOf } from '../../reports/run-record.ts';
import { forTerminal } from '../../reports/terminal.ts';
import { writeInShort, writeReports } from '../../reports/write.ts';
import { maskOutput } from '../secrets/mask-output.ts';
import { createRunMasker } from '../secrets/run-secrets.ts';
import { openLiveTarget } from '../targets/live-target.ts';
import type { Spent } from '../targets/target.ts';
import { planOf, planText } from './plan.ts';
import { preflight } from './preflight.ts';
import { PreflightError, words } from './stopped.ts';

/**
 * What a live run does before its cases: from here on nothing is printed unmasked, and a report is there that says that the
 * run did not finish. Then the target is asked whether there is anything to judge.
 * @returns what that used up of the run's limits
 * @throws PreflightError, masked, after its report was written
 */
export async function beforeLive(context: RunContext): Promise<Spent> {
  const { settings } = context;
  const masker = createRunMasker(settings);
  maskOutput(masker);
  if (settings.production) process.stderr.write(`${planText(planOf(settings, context.selected), settings)}\n`);
  const report = (ended?: { verdict: PreflightError['verdict']; message: string }) => {
    const results = new Map();
    return buildReport(recordOf(context, { results, finished: false, ...(ended === undefined ? {} : { ended }) }));
  };
  writeInShort(report(), settings.reportDir);
  const target = openLiveTarget(settings);
  try {
    await preflight(target);
    return target.spent;
  } catch (thrown) {
    if (!(thrown instanceof PreflightError)) throw thrown;
    const masked = new PreflightError(forTerminal(masker.mask(thrown.message)), thrown.verdict);
    const message = `${words(masked.verdict)}: ${masked.message}`;
    await writeReports(report({ verdict: masked.verdict, message }), settings.reportDir);
    throw masked;
  } finally {
    await target.close();
  }
}
