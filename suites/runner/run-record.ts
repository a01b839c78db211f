import type { RunRecord } from '../../reports/build.ts';
import type { RunIdentity } from '../../reports/report.ts';
import { allCases } from '../cases/all.ts';
import type { Environment } from '../settings/values.ts';
import { type LastRun, UNKNOWN_HOST } from './last-failed.ts';
import { isPart, type RunInputs } from './run-inputs.ts';

/** When a run began; how long it has taken is told by another clock, which nobody sets. */
export interface Begun {
  readonly run: Pick<RunIdentity, 'id' | 'shard'>;
  readonly started: Date;
  /** By `performance.now()`. */
  readonly at: number;
}

/** What changes while a run goes on. */
export type RunState = Pick<RunRecord, 'results' | 'finished' | 'interrupted' | 'ended' | 'proof'>;

/** Completes what a report is made from. @param leftOut ids of cases that the run was to judge and is not to any more */
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

/** Of a run that knows nothing yet but its environment. */
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
