import type { Target } from '../targets/target.ts';
import { OPERATION } from './operation.ts';
import type { RunInputs } from './run-inputs.ts';

/** Opens the configured target. Loads only its own client, because start-up is most of a run's time. */
export async function openTarget({ settings, contract, mockOptions }: RunInputs): Promise<Target> {
  if (settings.target === 'mock') {
    return (await import('../targets/mock-target.ts')).openMockTarget(contract, mockOptions);
  }
  if (settings.target === 'replay') {
    const { openReplayTarget, readRecording } = await import('../recording/recording.ts');
    return openReplayTarget(readRecording(settings.recording ?? ''));
  }
  return (await import('../targets/live-target.ts')).openLiveTarget({ ...settings, operation: OPERATION });
}
