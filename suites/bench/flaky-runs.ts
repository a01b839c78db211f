import { loadContract } from '../../spec/contract.ts';
import { allCases } from '../cases/all.ts';
import { startFlakyFront } from '../fixtures/flaky-front.ts';
import { liveSettings } from '../fixtures/live-settings.ts';
import { startReferenceServer } from '../fixtures/reference-server.ts';
import { judgeLeased } from '../runner/judge-case.ts';
import { openRun } from '../runner/operation.ts';
import { openLiveTarget } from '../targets/live-target.ts';

/** Results of many runs in a row. */
export interface FlakyRuns {
  /** Verdict by case id, for cases with the same verdict in every run. */
  readonly same: ReadonlyMap<string, string>;
  /** The other cases, with each verdict and its reason. */
  readonly different: ReadonlyMap<string, readonly string[]>;
  readonly retries: number;
  readonly troubles: Readonly<Record<'reset' | 'stall' | 'busy', number>>;
}

/** Shorter delays than in a real run, so that a hundred runs take minutes. */
const RETRIES = { attempts: 8, firstDelayMs: 5, longestDelayMs: 100 };

/** Judges all cases many times on a server that randomly resets, stalls and is busy, with seeds from `seed` upwards. */
export async function flakyRuns(runs: number, seed: number): Promise<FlakyRuns> {
  const contract = await loadContract();
  const verdicts = new Map(allCases.map(({ id }) => [id, new Set<string>()]));
  const troubles = { reset: 0, stall: 0, busy: 0 };
  let retries = 0;
  const server = await startReferenceServer();
  for (let run = 0; run < runs; run++) {
    const flakiness = { seed: seed + run, resets: 0.06, stalls: 0.06, stallMs: 60, busy: 0.06 };
    const front = await startFlakyFront(server.url, flakiness);
    // Vary the concurrency: verdicts must not depend on it.
    const settings = liveSettings(front.url, { concurrency: 2 + (run % 15), timeoutMs: 5_000 });
    const target = openLiveTarget(settings, { reached: true, retries: RETRIES });
    const opened = openRun(contract, target);
    const results = await Promise.all(allCases.map((testCase) => judgeLeased(testCase, opened)));
    for (const { id, verdict, reason, exchanges } of results) {
      verdicts.get(id)?.add(reason === undefined ? verdict : `${verdict}: ${reason}`);
      for (const { retried } of exchanges) retries += retried.length;
    }
    for (const kind of ['reset', 'stall', 'busy'] as const) troubles[kind] += front.troubles[kind];
    await target.close();
    await front.close();
  }
  await server.close();
  const entries = [...verdicts].map(([id, seen]) => [id, [...seen]] as const);
  return {
    same: new Map(entries.flatMap(([id, [only = '', ...more]]) => (more.length === 0 ? [[id, only]] : []))),
    different: new Map(entries.filter(([, seen]) => seen.length > 1)),
    retries,
    troubles,
  };
}

if (process.argv[1] === import.meta.filename) {
  const runs = Number(process.argv[2] ?? 100);
  const started = performance.now();
  const { same, different, retries, troubles } = await flakyRuns(runs, Number(process.argv[3] ?? 1));
  const verdicts = [...new Set(same.values())].map(
    (v) => `${[...same.values()].filter((one) => one === v).length} ${v}`,
  );
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  process.stdout.write(
    `${runs} runs of ${allCases.length} cases in ${seconds} s: ${JSON.stringify(troubles)}, ${retries} retries\n` +
      `${same.size} cases with the same verdict in every run (${verdicts.join(', ')}), ${different.size} with different ones\n`,
  );
  for (const [id, seen] of different) process.stdout.write(`  ${id}: ${seen.join(' | ')}\n`);
  process.exitCode = different.size === 0 ? 0 : 1;
}
