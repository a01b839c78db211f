import type { RunRecord } from '../../reports/build.ts';
import type { RunIdentity } from '../../reports/report.ts';
import { allCases } from '../cases/all.ts';
import type { Environment } from '../settings/values.ts';
import { type LastRun, UNKNOWN_HOST } from './last-failed.ts';
import { isPart, type RunInputs } from './run-inputs.ts';

/** Start of a run; its duration is measured by a monotonic clock. */
export interface Begun {
  readonly run: Pick<RunIdentity, 'id' | 'shard'>;
  readonly started: Date;
  /** By `performance.now()`. */
  readonly at: number;
}

/** The changing part of a run's record. */
export type RunState = Pick<RunRecord, 'results' | 'finished' | 'interrupted' | 'ended' | 'proof'>;

/** Completes the input of a report. @param leftOut ids of cases removed from the selection */
export function recordOf(
  { settings, shown, contract, waivers, cases, part }: RunInputs,
  begun: Begun,
  state: RunState,
  leftOut: ReadonlySet<string> = new Set(),
): RunRecord {
  const selected = cases.map(({ id }) => id).filter((id) => !leftOut.has(id));
  return {
    claims: contract.claims,
    contract: { version: contract.version, sha256: contract.sha256 },
    cases: allCases,
    ...state,
    target: shown.target,
    baseUrl: shown.baseUrl,
    settings: { timeoutMs: settings.timeoutMs, maxRps: settings.maxRps, concurrency: settings.concurrency },
    ...since(begun),
    run: { ...begun.run, profile: settings.profile, ...part },
    ...(isPart({ cases }) || leftOut.size > 0 ? { selected: new Set(selected) } : {}),
    ...(waivers === undefined ? {} : { waivers: waivers.waivers, otherWaivers: waivers.elsewhere }),
  };
}

/** The record of a run that has read only its environment. */
export function unreadRecord(
  env: Environment,
  { claims, version, sha256 }: RunInputs['contract'],
  begun: Begun,
  last: LastRun | undefined,
  ended?: RunRecord['ended'],
): RunRecord {
  const named = env['JUSPAY_TARGET']?.trim();
  const kind = named === 'live' || named === 'sandbox' ? 'live' : named === 'replay' ? 'replay' : 'mock';
  return {
    claims,
    contract: { version, sha256 },
    cases: allCases,
    results: new Map(),
    target: { kind, host: kind === 'mock' ? 'built-in mock' : UNKNOWN_HOST },
    baseUrl: undefined,
    settings: { timeoutMs: 1, maxRps: 0, concurrency: 1 },
    ...since(begun),
    finished: false,
    ...(last === undefined ? {} : { selected: new Set(last.failed) }),
    ...(ended === undefined ? {} : { ended }),
  };
}

function since({ run, started, at }: Begun): Pick<RunRecord, 'run' | 'started' | 'ms'> {
  return { run, started, ms: performance.now() - at };
}
