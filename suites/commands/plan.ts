import { showTarget } from '../../reports/shown-target.ts';
import { planOf, planText } from '../runner/plan.ts';
import { masks, select } from '../runner/read-inputs.ts';
import { LastRunError } from '../runner/stopped.ts';
import { loadEnvironment } from '../settings/environment.ts';
import { readSettings, SettingsError } from '../settings/settings.ts';

/** `npm run plan`: what a run with these settings would do. Sends nothing. */
loadEnvironment();
try {
  const settings = readSettings(process.env);
  if (settings.target !== 'sandbox') {
    const what = settings.target === 'mock' ? 'the built-in mock' : 'a recording';
    process.stdout.write(
      `The target is ${what}: nothing leaves this process. Set JUSPAY_TARGET=sandbox to plan a live run.\n`,
    );
  } else {
    const mask = await masks(settings);
    const selected = await select(settings, showTarget(settings, mask).target.host);
    process.stdout.write(`${mask(planText(planOf(settings, selected), settings))}\nNothing was sent.\n`);
  }
} catch (thrown) {
  if (!(thrown instanceof SettingsError || thrown instanceof LastRunError)) throw thrown;
  process.stderr.write(`could not plan: ${thrown.message}\n`);
  process.exitCode = 2;
}
