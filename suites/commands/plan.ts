import { planOf, planText } from '../runner/plan.ts';
import { loadEnvironment } from '../settings/environment.ts';
import { readSettings, SettingsError } from '../settings/settings.ts';

/** `npm run plan`: what a run with these settings would do. Sends nothing. */
loadEnvironment();
try {
  const settings = readSettings(process.env);
  process.stdout.write(
    settings.target === 'mock'
      ? 'The target is the built-in mock: nothing leaves this process. Set JUSPAY_TARGET=sandbox to plan a live run.\n'
      : `${planText(planOf(settings), settings)}\nNothing was sent.\n`,
  );
} catch (thrown) {
  if (!(thrown instanceof SettingsError)) throw thrown;
  process.stderr.write(`could not plan: ${thrown.message}\n`);
  process.exitCode = 2;
}
