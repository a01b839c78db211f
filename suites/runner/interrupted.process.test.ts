import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { Report } from '../../reports/report.ts';
import { builtCommand } from '../fixtures/built-command.ts';
import { type ReferenceServerOptions, startReferenceServer } from '../fixtures/reference-server.ts';
import { runHere } from '../fixtures/run-here.ts';
import { liveVariables, type SpawnedRun, startRun } from '../fixtures/spawned-run.ts';
import { type StoppingFront, startStoppingFront } from '../fixtures/stopping-front.ts';
import type { CaseResult } from '../judge/result.ts';

const closing: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closing) await close();
});

async function stopping(after: number, how: 'hangs' | 'closes', options: ReferenceServerOptions = {}) {
  const server = await startReferenceServer(options);
  const front = await startStoppingFront(server.url, after, how);
  closing.push(front.close, server.close);
  return front;
}

/** Waits until the server has stopped. @throws Error with the output if the run ends before */
async function goneBefore(front: StoppingFront, run: SpawnedRun): Promise<void> {
  const early = run.ended().then((code) => {
    const { stdout, stderr } = run.output();
    throw new Error(`the run ended with ${code} before the server stopped:\n${stdout}\n${stderr}`);
  });
  await Promise.race([front.gone, early]);
  early.catch(() => {});
}

/** The other case needs customers of its own run, of which a second run may have none. */
const isOfOneRun = (id: string) => id !== 'GC-1/end-of-the-run';
const ranIn = ({ cases }: Report) => cases.filter(({ verdict }) => verdict !== 'not-run').map(({ id }) => id);

function journalOf({ folder }: SpawnedRun): string[] {
  const lines = readFileSync(join(folder, 'journal.jsonl'), 'utf8').trimEnd().split('\n');
  const results = lines.map((line) => (JSON.parse(line) as { result: CaseResult }).result);
  return results.filter(({ verdict }) => verdict !== 'not-run').map(({ id }) => id);
}

/** Waits until all answered cases have their verdict on disk, after which nothing more will come. */
async function settled(run: SpawnedRun): Promise<string[]> {
  for (let before = ''; ; ) {
    await new Promise((resolve) => setTimeout(resolve, 400));
    const now = JSON.stringify([journalOf(run), ranIn(run.report()).length]);
    if (now === before && journalOf(run).length === ranIn(run.report()).length) return journalOf(run);
    before = now;
  }
}

describe('a run that is interrupted', () => {
  test.each([
    ['SIGTERM', 'clone'],
    ['SIGINT', 'command'],
    ['SIGHUP', 'command'],
    ['SIGKILL', 'command'],
  ] as const)('by %s keeps all verdicts so far, and says so (the %s)', async (signal, way) => {
    const front = await stopping(100, 'hangs');
    const run = startRun(
      liveVariables(front.url, { JUSPAY_TIMEOUT_MS: '60000' }),
      way === 'clone' ? {} : { node: [builtCommand(), 'run'] },
    );
    await goneBefore(front, run);
    const judged = await settled(run);
    expect(judged.length).toBeGreaterThan(20);
    run.process.kill(signal);
    const code = await run.ended();
    expect(code).toBe(signal === 'SIGKILL' ? null : 2);
    const report = run.report();
    expect(report).toMatchObject({ verdict: 'could-not-judge', complete: false });
    expect(ranIn(report).sort()).toEqual([...judged].sort());
    expect(report.counts.pass).toBeGreaterThan(20);
    const left = report.counts.total - judged.length;
    expect(report.summary).toBe(`could not judge: the run ended early, with ${left} cases not run`);
    const said = run.output().stdout.toString();
    if (signal !== 'SIGKILL') {
      expect(said).toContain(report.summary);
      expect(said).toMatch(
        /\nNote: The run was interrupted: \d+ cases were not reached, .*\n.* with the same settings\.\n/,
      );
      expect(said).toContain(`; juspay-conformance report ${join(run.folder, 'report.json')} writes the other views\n`);
    }
    // No view of an earlier or incomplete run says anything else.
    for (const [name, bytes] of run.files())
      if (name.endsWith('.xml')) expect(bytes.toString()).toContain('could not judge');
  });

  test('after a failure does not conform, and is not complete', async () => {
    const front = await stopping(30, 'hangs', { fault: 'id-as-number' });
    const run = startRun(liveVariables(front.url, { JUSPAY_TIMEOUT_MS: '60000' }), { node: [builtCommand(), 'run'] });
    await goneBefore(front, run);
    await settled(run);
    run.process.kill('SIGTERM');
    expect(await run.ended()).toBe(1);
    expect(run.report()).toMatchObject({ verdict: 'does-not-conform', complete: false });
  });

  test('before its first answer replaces an older report too', async () => {
    const front = await stopping(0, 'hangs');
    const run = startRun(liveVariables(front.url, { JUSPAY_TIMEOUT_MS: '60000' }), { node: [builtCommand(), 'run'] });
    writeFileSync(join(run.folder, 'report.json'), '{"verdict":"conforms","complete":true}');
    await goneBefore(front, run);
    run.process.kill('SIGKILL');
    await run.ended();
    expect(run.report()).toMatchObject({ verdict: 'could-not-judge', complete: false, counts: { pass: 0 } });
  });
});

describe('a target that stops during a run', () => {
  test.each(['hangs', 'closes'] as const)('(it %s) ends the run with its results so far', async (how) => {
    const front = await stopping(150, how);
    // Short only where it is waited for: a busy machine needs its time before the server stops.
    const run = await runHere(liveVariables(front.url, { JUSPAY_TIMEOUT_MS: how === 'hangs' ? '1500' : '60000' }));
    expect(run.exitCode).toBe(2);
    const report = run.report();
    expect(report).toMatchObject({ verdict: 'could-not-judge', complete: false });
    expect(report.counts.pass).toBeGreaterThan(50);
    // Few requests fail: the breaker opens after some, and the other cases do not start.
    expect(report.counts.error).toBeLessThan(40);
    expect(report.counts['not-run']).toBeGreaterThan(100);
    const reasons = new Set(report.cases.filter(({ notRun }) => notRun === 'not-reached').map(({ reason }) => reason));
    expect([...reasons]).toEqual([
      expect.stringMatching(
        /^the target stopped answering: after 5 failed requests in a row an ordinary one failed too/,
      ),
    ]);
  });

  test('can be continued', async () => {
    const front = await stopping(150, 'hangs');
    const first = await runHere(liveVariables(front.url, { JUSPAY_TIMEOUT_MS: '1500' }));
    expect(first.exitCode).toBe(2);
    const again = (url: string, more = {}) =>
      runHere(liveVariables(url, { JUSPAY_ONLY: 'failed', JUSPAY_REPORT_DIR: first.folder, ...more }));
    const left = first
      .report()
      .cases.filter(({ verdict, notRun }) => verdict === 'error' || notRun === 'not-reached')
      // Properties are off by default in a live run.
      .filter(({ id }) => !id.includes('/property-'))
      .map(({ id }) => id)
      .filter(isOfOneRun);
    // The server is still down, but the cases of the first run are not judged again.
    expect((await again(front.url, { JUSPAY_TIMEOUT_MS: '700' })).exitCode).toBe(2);
    const server = await startReferenceServer();
    closing.push(server.close);
    // To the report this is the same host.
    const file = join(first.folder, 'report.json');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(new URL(front.url).host, new URL(server.url).host));
    const second = await again(server.url);
    expect(second.exitCode).toBe(0);
    expect(ranIn(second.report()).filter(isOfOneRun)).toEqual(left);
    const third = await again(server.url);
    expect(third.exitCode).toBe(2);
    expect(third.text).toContain('JUSPAY_ONLY=failed: nothing failed in');
  });
});
