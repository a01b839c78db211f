import { type Environment, oneOf, optional } from './values.ts';
import { describe, type TargetKind } from './variables.ts';

/** Files that a run reads or writes in addition to its reports. */
export interface FileSettings {
  /** File to record a live run to. */
  readonly record?: string;
  /** Recording to judge instead of a server. */
  readonly recording?: string;
  /** File of mock options. */
  readonly mockOptions?: string;
  /** File of pinned observations to compare with. */
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

/** Reads the settings that name files, and adds what is wrong to `problems`. */
export function readFileSettings(env: Environment, target: TargetKind, problems: string[]): FileSettings {
  const settings: Partial<Record<(typeof FILES)[number][1], string>> = {};
  for (const [name, key] of FILES) {
    if (env[name] === undefined) continue;
    const { only } = describe(name);
    // Ignoring the file would give another run than the one intended.
    if (only !== undefined && only !== target) {
      problems.push(
        `${name} is set, but only JUSPAY_TARGET=${only} uses it, not ${target}: leave it out (if .env has it: ${name}= in front of the command)`,
      );
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
