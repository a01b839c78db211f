import type { Contract } from '../../spec/contract.ts';
import type { Freedoms } from '../mock/freedoms.ts';
import type { Settings } from '../settings/settings.ts';
import type { Spent, Target } from './target.ts';

/**
 * Opens the target that the settings name. Only the client that it needs is loaded: start-up is most of a run's time.
 * @param spent what the run has used up of a live target's limits already
 */
export async function openTarget(settings: Settings, contract: Contract, spent?: Spent): Promise<Target> {
  if (settings.target === 'mock') {
    const freedoms = settings.mockFreedoms === undefined ? {} : await readMockFreedoms(settings.mockFreedoms);
    return (await import('./mock-target.ts')).openMockTarget(contract, freedoms);
  }
  if (settings.target === 'replay') {
    const { readRecording } = await import('../recording/recording.ts');
    return (await import('./replay-target.ts')).openReplayTarget(readRecording(settings.recording ?? ''));
  }
  const { openLiveTarget } = await import('./live-target.ts');
  return openLiveTarget(settings, spent === undefined ? {} : { spent });
}

/** What the mock is told to do where the page leaves it a choice. @throws FreedomsError where the file cannot be used */
export async function readMockFreedoms(file: string): Promise<Partial<Freedoms>> {
  return (await import('../mock/freedoms-file.ts')).readFreedoms(file);
}
