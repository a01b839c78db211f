import type { Report, ReportedRecording } from '../../reports/report.ts';
import type { Settings } from '../settings/settings.ts';

/** The target as shown in reports: key and account are masked, also in the URL. */
export interface ShownTarget extends Pick<Report, 'target'> {
  /** Undefined for targets without a URL. */
  readonly baseUrl: string | undefined;
}

/** Describes the target for reports. @param mask masks the run's secrets @param recording of a replay */
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
