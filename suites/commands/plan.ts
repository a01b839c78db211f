import type { Definition } from './command.ts';

export const plan: Definition = {
  name: 'plan',
  summary: 'Says what a live run with these settings would do. Sends nothing.',
  examples: ['plan'],
  exitCodes: '0 planned, 2 the settings cannot be used',
  async run() {
    const [
      { masks },
      { readLastRun },
      { selectCases },
      { planOf, planText },
      { showTarget },
      { loadEnvironment },
      { readSettings },
    ] = await Promise.all([
      import('../runner/run-inputs.ts'),
      import('../runner/last-failed.ts'),
      import('../runner/selection.ts'),
      import('../runner/run-plan.ts'),
      import('../runner/shown-target.ts'),
      import('../settings/environment.ts'),
      import('../settings/settings.ts'),
    ]);
    loadEnvironment();
    const settings = readSettings(process.env);
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
    const selected = selectCases({}, settings.production, last?.failed).map(({ id }) => id);
    process.stdout.write(`${mask(planText(planOf(settings, selected), settings))}\nNothing was sent.\n`);
    return 0;
  },
};
