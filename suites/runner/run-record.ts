import type { RunRecord } from '../../reports/build.ts';
import type { Contract } from '../../spec/contract.ts';
import { allCases } from '../cases/all.ts';
import type { Settings } from '../settings/settings.ts';
import type { Waiver } from '../waivers/waiver.ts';
import type { ShownTarget } from './shown-target.ts';

/** What a run was told, as its report needs it. */
export interface RunContext {
  readonly settings: Settings;
  readonly shown: ShownTarget;
  readonly contract: Contract;
  readonly waivers: readonly Waiver[] | undefined;
  /** Ids of the cases to run; null for all of them. */
  readonly selected: readonly string[] | null;
  readonly started: Date;
}

/** Completes what a report is made from. */
export function recordOf(
  { settings, shown, contract, waivers, selected, started }: RunContext,
  { results, finished, ended, proof }: Pick<RunRecord, 'results' | 'finished' | 'ended' | 'proof'>,
): RunRecord {
  return {
    claims: contract.claims,
    contract: { version: contract.version, sha256: contract.sha256 },
    cases: allCases,
    results,
    target: shown.target,
    baseUrl: shown.baseUrl,
    settings: { timeoutMs: settings.timeoutMs, maxRps: settings.maxRps, concurrency: settings.concurrency },
    started,
    ms: Date.now() - started.getTime(),
    finished,
    ...(selected === null ? {} : { selected: new Set(selected) }),
    ...(waivers === undefined ? {} : { waivers }),
    ...(ended === undefined ? {} : { ended }),
    proof,
  };
}
