import type { Report, ReportedRecording } from '../../reports/report.ts';
import type { Settings } from '../settings/settings.ts';

/** The target as reports may show it: nothing of a key or an account is in it, also where the URL holds one. */
export interface ShownTarget extends Pick<Report, 'target'> {
  /** Undefined for what has no address. */
  readonly baseUrl: string | undefined;
}

/** The target as reports name it. @param mask hides the run's secrets @param recording what is replayed */
export function showTarget(
  { target: kind, baseUrl }: Pick<Settings, 'target' | 'baseUrl'>,
  mask: (text: string) => string,
  recording?: ReportedRecording,
): ShownTarget {
  if (recording !== undefined) {
    const { host, ...rest } = recording;
    return { target: { kind, host, recording: rest }, baseUrl: undefined };
  }
  return kind === 'mock'
    ? { target: { kind, host: 'built-in mock' }, baseUrl: undefined }
    : { target: { kind, host: mask(new URL(baseUrl).host) }, baseUrl: mask(baseUrl) };
}
