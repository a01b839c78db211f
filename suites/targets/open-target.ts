import type { Contract } from '../../spec/contract.ts';
import type { Settings } from '../settings/settings.ts';
import type { Spent, Target } from './target.ts';

/**
 * Opens the target that the settings name. Only the client that it needs is loaded: start-up is most of a run's time.
 * @param spent what the run has used up of a live target's limits already
 */
export async function openTarget(settings: Settings, contract: Contract, spent?: Spent): Promise<Target> {
  if (settings.target === 'mock') return (await import('./mock-target.ts')).openMockTarget(contract);
  const { openLiveTarget } = await import('./live-target.ts');
  return openLiveTarget(settings, spent === undefined ? {} : { spent });
}
