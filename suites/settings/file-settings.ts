import type { Settings } from './settings.ts';
import type { Environment } from './values.ts';

/** Files that a run reads or writes beside its reports. */
export interface FileSettings {
  /** File that a live run is recorded to. */
  readonly record?: string;
  /** Recording that is judged instead of a server. */
  readonly recording?: string;
  /** File of mock options that the mock takes over. */
  readonly mockOptions?: string;
  /** File of pinned observations that this run's are compared with. */
  readonly observations?: string;
  /** An observation that differs from its pin fails the run. */
  readonly observationsStrict?: boolean;
}

/** A file has no meaning for other targets, and a run that passes it over is not the run that was wished for. */
const FILES: readonly {
  readonly name: string;
  readonly key: 'record' | 'recording' | 'mockOptions' | 'observations';
  readonly only?: Settings['target'];
}[] = [
  { name: 'JUSPAY_RECORD', key: 'record', only: 'live' },
  { name: 'JUSPAY_RECORDING', key: 'recording', only: 'replay' },
  { name: 'JUSPAY_MOCK_OPTIONS', key: 'mockOptions', only: 'mock' },
  { name: 'JUSPAY_OBSERVATIONS', key: 'observations' },
];

/** Reads the settings that name files. @param problems what is wrong is added here */
export function readFileSettings(env: Environment, target: Settings['target'], problems: string[]): FileSettings {
  const settings: Partial<Record<(typeof FILES)[number]['key'], string>> = {};
  for (const { name, key, only } of FILES) {
    const text = env[name]?.trim();
    if (text === undefined) continue;
    if (text === '') problems.push(`${name} is empty: expected a file, or no such variable`);
    if (only !== undefined && only !== target) {
      problems.push(`${name} is set, but has a meaning with JUSPAY_TARGET=${only} alone, not ${target}`);
    }
    settings[key] = text;
  }
  if (target === 'replay' && settings.recording === undefined) {
    problems.push('JUSPAY_RECORDING is missing: JUSPAY_TARGET=replay needs the file of a recorded run');
  }
  const strict = env['JUSPAY_OBSERVATIONS_STRICT'];
  if (strict !== undefined && strict !== '0' && strict !== '1') {
    problems.push(`JUSPAY_OBSERVATIONS_STRICT is ${JSON.stringify(strict)}: expected 0 or 1`);
  }
  if (strict === '1' && settings.observations === undefined) {
    problems.push('JUSPAY_OBSERVATIONS_STRICT=1 needs JUSPAY_OBSERVATIONS, the file of pinned observations');
  }
  return { ...settings, ...(strict === '1' ? { observationsStrict: true } : {}) };
}
