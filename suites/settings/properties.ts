import { LIVE_RUNS, LIVE_SHRINKS, MOCK_RUNS, MOCK_SHRINKS, type PropertyPlan } from '../cases/property-plan.ts';
import { type Environment, oneOf, wholeNumber } from './values.ts';

/**
 * Off against a live server, which has other work and keeps every customer, unless they are asked for; and in a replay of
 * it, whose recording has what was asked then.
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
      problems.push(`${name} is set, but no properties are tried: JUSPAY_PROPERTIES=on tries them`);
  }
  return { off: mock ? 'JUSPAY_PROPERTIES=off' : 'not asked for: JUSPAY_PROPERTIES=on tries them' };
}
