import type { Definition } from './command.ts';
import { environmentOf, SETTING_FLAGS, SETTINGS } from './setting-flags.ts';

export const plan: Definition = {
  name: 'plan',
  summary: 'Prints what a live run with these settings would do. Sends nothing.',
  options: SETTING_FLAGS,
  examples: ['plan', 'plan --target live --base-url https://sandbox.juspay.in'],
  variables: SETTINGS,
  exitCodes: '0 planned, 2 the settings cannot be used',
  async run(_, options) {
    const { masks, showTarget } = await import('../runner/run-inputs.ts');
    const { readLastRun } = await import('../runner/last-failed.ts');
    const { selectCases } = await import('../runner/selection.ts');
    const { planText } = await import('../runner/run-plan.ts');
    const { readSettings } = await import('../settings/settings.ts');
    const settings = readSettings(environmentOf(options));
    if (settings.target !== 'live') {
      const what = settings.target === 'mock' ? 'the built-in mock' : 'a recording';
      process.stdout.write(
        `The target is ${what}: nothing leaves this process. Set JUSPAY_TARGET=live to plan a live run.\n`,
      );
      return 0;
    }
    const mask = await masks(settings);
    const last = settings.only === 'failed' ? readLastRun(settings.reportDir) : undefined;
    last?.assertUsable(showTarget(settings, mask).target.host);
    const selected = selectCases({}, settings, last?.failed);
    process.stdout.write(`${mask(planText(settings, selected))}\nNothing was sent.\n`);
    return 0;
  },
};
