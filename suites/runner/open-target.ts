import type { Contract } from '../../spec/contract.ts';
import type { MockOptions } from '../mock/options.ts';
import type { Settings } from '../settings/settings.ts';
import type { Spent, Target } from '../targets/target.ts';
import { OPERATION } from './operation.ts';

/**
 * Opens the configured target. Loads only its own client, because start-up is most of a run's time.
 * @param spent what the run has used up of a live target's limits
 */
export async function openTarget(settings: Settings, contract: Contract, spent?: Spent): Promise<Target> {
  if (settings.target === 'mock') {
    const mockOptions = settings.mockOptions === undefined ? {} : await readMockOptions(settings.mockOptions);
    return (await import('../targets/mock-target.ts')).openMockTarget(contract, mockOptions);
  }
  if (settings.target === 'replay') {
    const { readRecording } = await import('../recording/recording.ts');
    return (await import('../recording/replay-target.ts')).openReplayTarget(readRecording(settings.recording ?? ''));
  }
  const { openLiveTarget } = await import('../targets/live-target.ts');
  return openLiveTarget({ ...settings, operation: OPERATION }, spent === undefined ? {} : { spent });
}

/** Reads the mock options of a file. @throws SetupError if the file cannot be used */
export async function readMockOptions(file: string): Promise<Partial<MockOptions>> {
  return (await import('../mock/options-file.ts')).readMockOptions(file);
}
