import type { Contract } from '../../spec/contract.ts';
import type { Settings } from '../settings/settings.ts';
import type { Target } from './target.ts';

/** Opens the target that the settings name. Only the client that it needs is loaded: start-up is most of a run's time. */
export async function openTarget(settings: Settings, contract: Contract): Promise<Target> {
  if (settings.target === 'mock') return (await import('./mock-target.ts')).openMockTarget(contract);
  if (settings.target === 'replay') {
    const { readRecording } = await import('../recording/recording.ts');
    return (await import('./replay-target.ts')).openReplayTarget(readRecording(settings.recording ?? ''));
  }
  return (await import('./live-target.ts')).openLiveTarget(settings);
}
