import { LIVE_RUNS, LIVE_SHRINKS, MOCK_RUNS, MOCK_SHRINKS, type PropertyPlan } from '../cases/property-plan.ts';
import { type Environment, oneOf, wholeNumber } from './values.ts';

/**
 * Off by default for a live server, to spare it calls and customers, and for a replay, because the recording has only the
 * requests of its run.
 */
export function readProperties(env: Environment, mock: boolean, problems: string[]): PropertyPlan {
  const asked = mock || env['JUSPAY_RUNS'] !== undefined ? 'on' : 'off';
  const plan = {
    seed: wholeNumber(env, 'JUSPAY_SEED', problems),
    runs: wholeNumber(env, 'JUSPAY_RUNS', problems, mock ? MOCK_RUNS : LIVE_RUNS),
    shrinks: mock ? MOCK_SHRINKS : LIVE_SHRINKS,
  };
  if (oneOf(env, 'JUSPAY_PROPERTIES', asked, problems) === 'on') return plan;
  for (const name of ['JUSPAY_SEED', 'JUSPAY_RUNS']) {
    if (env[name] !== undefined)
      problems.push(`${name} is set, but properties are off: turn them on with JUSPAY_PROPERTIES=on`);
  }
  return { off: mock ? 'JUSPAY_PROPERTIES=off' : 'JUSPAY_PROPERTIES=on turns them on' };
}
