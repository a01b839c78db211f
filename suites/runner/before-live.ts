import { buildReport } from '../../reports/build.ts';
import { forTerminal } from '../../reports/terminal.ts';
import { writeReports } from '../../reports/views/write.ts';
import { maskOutput } from '../secrets/mask-output.ts';
import { createRunMasker } from '../secrets/run-secrets.ts';
import { openLiveTarget } from '../targets/live-target.ts';
import type { Spent } from '../targets/target.ts';
import { beginReport } from './begin-report.ts';
import { OPERATION } from './operation.ts';
import { preflight } from './preflight.ts';
import { PreflightError, words } from './preflight-error.ts';
import { planOf, planText } from './run-plan.ts';
import { type RunContext, recordOf } from './run-record.ts';

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
  beginReport(context);
  const target = openLiveTarget({ ...settings, operation: OPERATION });
  try {
    await preflight(target);
    return target.spent;
  } catch (thrown) {
    if (!(thrown instanceof PreflightError)) throw thrown;
    const masked = new PreflightError(forTerminal(masker.mask(thrown.message)), thrown.verdict);
    const ended = { verdict: masked.verdict, message: `${words(masked.verdict)}: ${masked.message}` };
    const report = buildReport(recordOf(context, { results: new Map(), finished: false, ended }));
    await writeReports(report, settings.reportDir);
    throw masked;
  } finally {
    await target.close();
  }
}
