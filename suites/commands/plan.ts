import { SetupError } from '../../spec/setup-error.ts';
import { masks, select } from '../runner/read-inputs.ts';
import { planOf, planText } from '../runner/run-plan.ts';
import { showTarget } from '../runner/shown-target.ts';
import { loadEnvironment } from '../settings/environment.ts';
import { readSettings } from '../settings/settings.ts';

/** `npm run plan`: what a run with these settings would do. Sends nothing. */
loadEnvironment();
try {
  const settings = readSettings(process.env);
  if (settings.target !== 'live') {
    const what = settings.target === 'mock' ? 'the built-in mock' : 'a recording';
    process.stdout.write(
      `The target is ${what}: nothing leaves this process. Set JUSPAY_TARGET=live to plan a live run.\n`,
    );
  } else {
    const mask = await masks(settings);
    const selected = await select(settings, showTarget(settings, mask).target.host);
    process.stdout.write(`${mask(planText(planOf(settings, selected), settings))}\nNothing was sent.\n`);
  }
} catch (thrown) {
  if (!(thrown instanceof SetupError)) throw thrown;
  process.stderr.write(`could not plan: ${thrown.message}\n`);
  process.exitCode = 2;
}
