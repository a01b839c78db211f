import { type Environment, oneOf, optional } from './values.ts';
import { describe, type TargetKind } from './variables.ts';

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

const FILES = [
  ['JUSPAY_RECORD', 'record'],
  ['JUSPAY_RECORDING', 'recording'],
  ['JUSPAY_MOCK_OPTIONS', 'mockOptions'],
  ['JUSPAY_OBSERVATIONS', 'observations'],
] as const;

/** Reads the settings that name files. @param problems what is wrong is added here */
export function readFileSettings(env: Environment, target: TargetKind, problems: string[]): FileSettings {
  const settings: Partial<Record<(typeof FILES)[number][1], string>> = {};
  for (const [name, key] of FILES) {
    if (env[name] === undefined) continue;
    const { only } = describe(name);
    // A run that passes a file over is not the run that was wished for.
    if (only !== undefined && only !== target) {
      problems.push(`${name} is set, but has a meaning with JUSPAY_TARGET=${only} alone, not ${target}`);
    }
    settings[key] = optional(env, name, problems);
  }
  if (target === 'replay' && settings.recording === undefined) {
    problems.push('JUSPAY_RECORDING is missing: JUSPAY_TARGET=replay needs the file of a recorded run');
  }
  const strict = oneOf<'0' | '1'>(env, 'JUSPAY_OBSERVATIONS_STRICT', '0', problems);
  if (strict === '1' && settings.observations === undefined) {
    problems.push('JUSPAY_OBSERVATIONS_STRICT=1 needs JUSPAY_OBSERVATIONS, the file of pinned observations');
  }
  return { ...settings, ...(strict === '1' ? { observationsStrict: true } : {}) };
}
