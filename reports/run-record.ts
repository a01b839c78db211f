import type { Contract } from '../spec/contract.ts';
import { allCases } from '../suites/cases/all.ts';
import type { Settings } from '../suites/settings/settings.ts';
import type { Waiver } from '../suites/waivers/waiver.ts';
import type { RunRecord } from './build.ts';

/** What a run was told, as its report needs it. */
export interface RunContext {
  readonly settings: Settings;
  readonly contract: Contract;
  readonly waivers: readonly Waiver[] | undefined;
  readonly started: Date;
}

/** Completes what a report is made from. */
export function recordOf(
  { settings, contract, waivers, started }: RunContext,
  { results, finished, ended }: Pick<RunRecord, 'results' | 'finished' | 'ended'>,
): RunRecord {
  const live = settings.target === 'sandbox';
  return {
    claims: contract.claims,
    contract: { version: contract.version, sha256: contract.sha256 },
    cases: allCases,
    results,
    target: { kind: settings.target, host: targetHost(settings) },
    baseUrl: live ? settings.baseUrl : undefined,
    settings: { timeoutMs: settings.timeoutMs, maxRps: settings.maxRps, concurrency: settings.concurrency },
    started,
    ms: Date.now() - started.getTime(),
    finished,
    ...(waivers === undefined ? {} : { waivers }),
    ...(ended === undefined ? {} : { ended }),
  };
}

/** The target as reports name it. */
export function targetHost({ target, baseUrl }: Pick<Settings, 'target' | 'baseUrl'>): string {
  return target === 'mock' ? 'built-in mock' : new URL(baseUrl).host;
}
