import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { Report } from '../../reports/report.ts';
import { newFolder } from '../fixtures/new-folder.ts';
import { type ReferenceServerOptions, startReferenceServer } from '../fixtures/reference-server.ts';
import { liveVariables } from '../fixtures/spawned-run.ts';
import { startStoppingFront } from '../fixtures/stopping-front.ts';
import type { ConformanceRun } from './conformance-run.ts';
import { openConformanceRun, type RunOptions } from './open-conformance-run.ts';
import { runConformance } from './run-conformance.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** Some fast cases. */
const FEW = { select: { claims: ['RQ-2', 'RS-2'] } };

async function serve(options: ReferenceServerOptions = {}) {
  const server = await startReferenceServer(options);
  closing.push(server.close);
  return server;
}

function printed() {
  const text = { stdout: '', stderr: '' };
  const into = (name: 'stdout' | 'stderr') => ({
    write(piece: string) {
      text[name] += piece;
    },
  });
  return { text, io: { stdout: into('stdout'), stderr: into('stderr') } };
}

/** Runs some cases, and reads the report. */
async function run(env: Readonly<Record<string, string>>, options: RunOptions = FEW) {
  const { JUSPAY_REPORT_DIR: folder = newFolder() } = env;
  const { text, io } = printed();
  const exitCode = await runConformance({ JUSPAY_REPORT_DIR: folder, ...env }, io, options);
  return { exitCode, ...text, folder, report: reportIn(folder) };
}

function reportIn(folder: string): Report {
  return JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as Report;
}

/** Opens a run of some cases, or of the selected ones. */
async function open(env: Readonly<Record<string, string>>, options: RunOptions = FEW) {
  const { text, io } = printed();
  return { text, run: await openConformanceRun({ JUSPAY_REPORT_DIR: newFolder(), ...env }, io, options) };
}

const judgeAll = (run: ConformanceRun) => Promise.all(run.cases.map((testCase) => run.judge(testCase)));

/** The verdict in all files. */
function verdictsIn(folder: string) {
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  const { verdict, exitCode } = JSON.parse(read('verdict.json')) as Record<string, unknown>;
  return [verdict, exitCode, reportIn(folder).verdict, read('junit.xml').includes('<error')];
}

const NOT_JUDGED = ['could-not-judge', 2, 'could-not-judge', true];

describe('the exit code is the verdict', () => {
  test('0, with a report of only the selected cases', async () => {
    const { exitCode, report, folder } = await run({});
    expect([exitCode, report.verdict, report.complete]).toEqual([0, 'conforms', true]);
    expect(existsSync(join(folder, 'journal.jsonl')) || existsSync(join(folder, 'run.lock'))).toBe(false);
    expect(report.cases.filter(({ verdict }) => verdict === 'pass').map(({ claim }) => claim)).toContain('RS-2');
    expect(new Set(report.cases.filter(({ verdict }) => verdict !== 'not-run').map(({ claim }) => claim))).toEqual(
      new Set(['RQ-2', 'RS-2']),
    );
  });

  test('1 if the server broke a claim', async () => {
    const { url } = await serve({ fault: 'id-as-number' });
    const { exitCode, stdout } = await run(liveVariables(url));
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ exitCode: 1, broken: ['RS-2'] });
  });

  test('2 if nothing answers', async () => {
    const { exitCode, folder, stderr } = await run(liveVariables('http://127.0.0.1:9'));
    expect([exitCode, verdictsIn(folder)]).toEqual([2, NOT_JUDGED]);
    expect(stderr).toMatch(/^could not judge: 127\.0\.0\.1:9 did not answer/);
  });
});

describe('invalid input ends the run before anything is sent', () => {
  const file = () => {
    const path = join(newFolder(), 'file');
    writeFileSync(path, '');
    return path;
  };
  test.each<[string, () => Record<string, string>, RunOptions, RegExp]>([
    ['a setting', () => ({ JUSPAY_MAX_RPS: 'many' }), {}, /JUSPAY_MAX_RPS is "many"/],
    ['a flag of the caller', () => ({}), { refused: ['--bail is not served'] }, /--bail is not served/],
    ['a baseline', () => ({ JUSPAY_BASELINE: 'nowhere.json' }), {}, /nowhere\.json cannot be read/],
    ['a recording that is a folder', () => ({ JUSPAY_RECORD: newFolder() }), {}, /cannot be written: it is a folder/],
    ['a recording below a file', () => ({ JUSPAY_RECORD: join(file(), 'x.har') }), {}, /cannot be written: E/],
    ['a case that does not exist', () => ({}), { select: { ids: ['XX-1/x'] } }, /there is no case XX-1\/x/],
    ['a selection of nothing', () => ({}), { select: { pattern: /nothing like it/ } }, /no case is selected/],
  ])('%s', async (_, env, options, said) => {
    const { url, ...server } = await serve();
    const folder = newFolder();
    await run({ JUSPAY_REPORT_DIR: folder });
    const { exitCode, stderr } = await run({ ...liveVariables(url), ...env(), JUSPAY_REPORT_DIR: folder }, options);
    expect(stderr).toMatch(said);
    expect([exitCode, verdictsIn(folder), server.requests]).toEqual([2, NOT_JUDGED, 0]);
  });

  test('a report folder that is a file', async () => {
    const { text, io } = printed();
    expect(await runConformance({ JUSPAY_REPORT_DIR: file() }, io)).toBe(2);
    expect(text.stderr).toMatch(/^could not judge: the settings cannot be used:\n {2}- JUSPAY_REPORT_DIR is /);
  });

  test.each(['run.lock', 'report.json'])('a folder in place of %s: no older verdict stays', async (name) => {
    const folder = newFolder();
    await run({ JUSPAY_REPORT_DIR: folder });
    rmSync(join(folder, name), { force: true });
    mkdirSync(join(folder, name));
    const { text, io } = printed();
    expect(await runConformance({ JUSPAY_REPORT_DIR: folder }, io)).toBe(2);
    expect(existsSync(join(folder, 'verdict.json'))).toBe(false);
    expect(text.stderr).toContain('EISDIR');
  });
});

test("a new run's first report says that it has not judged", async () => {
  const folder = newFolder();
  await run({ JUSPAY_REPORT_DIR: folder });
  const opened = await open({ JUSPAY_REPORT_DIR: folder });
  expect(verdictsIn(folder)).toEqual(NOT_JUDGED);
  const { exitCode } = opened.run.breakOff('signal');
  expect([exitCode, verdictsIn(folder), reportIn(folder).interrupted]).toEqual([2, NOT_JUDGED, 'signal']);
});

describe('one folder, one run', () => {
  test('a second run is refused, without affecting the first', async () => {
    const folder = newFolder();
    const { run: first } = await open({ JUSPAY_REPORT_DIR: folder });
    const before = reportIn(folder).run.id;
    const second = await run({ JUSPAY_REPORT_DIR: folder });
    expect(second.exitCode).toBe(2);
    expect(second.stderr).toContain(`the report folder ${folder} is in use by process ${process.pid} on `);
    expect(reportIn(folder).run.id).toBe(before);
    await judgeAll(first);
    expect((await first.end()).exitCode).toBe(0);
    expect((await run({ JUSPAY_REPORT_DIR: folder })).exitCode).toBe(0);
  });

  test.each([
    ['a dead process', { pid: 2 ** 22 + 1, host: 'here', id: 'x', since: '' }],
    ['an earlier process with the same number', { pid: process.pid, host: 'here', id: 'x', since: '' }],
  ])('the lock of %s is taken over', async (_, holder) => {
    const folder = newFolder();
    const { hostname } = await import('node:os');
    writeFileSync(join(folder, 'run.lock'), JSON.stringify({ ...holder, host: hostname() }));
    expect((await run({ JUSPAY_REPORT_DIR: folder })).exitCode).toBe(0);
  });

  test('an unreadable lock is valid until it has not been touched for a minute', async () => {
    const { utimesSync } = await import('node:fs');
    const folder = newFolder();
    const lock = join(folder, 'run.lock');
    writeFileSync(lock, JSON.stringify({ pid: 1, host: 'elsewhere', id: 'x', since: '2026-01-01T00:00:00Z' }));
    const { text, io } = printed();
    expect(await runConformance({ JUSPAY_REPORT_DIR: folder }, io, FEW)).toBe(2);
    expect(text.stderr).toContain('is in use by process 1 on elsewhere, since 2026-01-01T00:00:00Z');
    const longAgo = new Date(Date.now() - 61_000);
    utimesSync(lock, longAgo, longAgo);
    expect((await run({ JUSPAY_REPORT_DIR: folder })).exitCode).toBe(0);
  });

  test("another run's journal is not read", async () => {
    const folder = newFolder();
    const { url } = await serve({ fault: 'id-as-number' });
    await run({ ...liveVariables(url), JUSPAY_REPORT_DIR: folder });
    const passed = { id: 'RS-2/id', verdict: 'pass' };
    writeFileSync(join(folder, 'journal.jsonl'), `${JSON.stringify({ run: 'another', result: passed })}\n`);
    const again = await run({ ...liveVariables(url), JUSPAY_REPORT_DIR: folder, JUSPAY_ONLY: 'failed' }, {});
    expect(again.exitCode).toBe(1);
  });
});

describe('a run that cannot continue', () => {
  test('ends at JUSPAY_MAX_SECONDS, whatever the server does', async () => {
    const server = await serve();
    const front = await startStoppingFront(server.url, 2, 'hangs');
    closing.push(front.close);
    const { exitCode, report } = await run({ ...liveVariables(front.url), JUSPAY_MAX_SECONDS: '1' });
    expect([exitCode, report.complete, report.interrupted]).toEqual([2, false, 'limit']);
    const left = report.cases.filter(({ notRun }) => notRun === 'not-reached');
    expect(new Set(left.map(({ reason }) => reason))).toEqual(
      new Set(['JUSPAY_MAX_SECONDS (1) ended the run before it']),
    );
  });

  test('does not conform if a claim was broken before it ended', async () => {
    const { url } = await serve({ fault: 'id-as-number' });
    const { run: opened } = await open(liveVariables(url));
    const first = opened.cases.find(({ id }) => id === 'RS-2/id');
    if (first === undefined) throw new Error('no case');
    expect((await opened.judge(first)).verdict).toBe('fail');
    opened.stop('enough');
    for (const one of await judgeAll(opened)) {
      if (one.id !== first.id) expect(one).toMatchObject({ verdict: 'not-run', stopped: true });
    }
    expect(await opened.end()).toMatchObject({ exitCode: 1, report: { verdict: 'does-not-conform', complete: false } });
  });

  test.each([
    ['conforms', undefined, 2],
    ['does not conform', 'id-as-number', 1],
  ] as const)('says so if its reports cannot be written and the server %s', async (_, fault, expected) => {
    const { url } = await serve(fault === undefined ? {} : { fault });
    const folder = join(newFolder(), 'reports');
    const { text, run: opened } = await open({ ...liveVariables(url), JUSPAY_REPORT_DIR: folder });
    await judgeAll(opened);
    rmSync(folder, { recursive: true });
    writeFileSync(folder, '');
    const { exitCode } = await opened.end();
    expect(exitCode).toBe(expected);
    expect(text.stdout).toContain("the run's files could not be written");
    expect(JSON.parse(text.stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({ exitCode: expected });
  });

  test('writes its reports again if the folder was deleted', async () => {
    const folder = join(newFolder(), 'reports');
    const { run: opened } = await open({ JUSPAY_REPORT_DIR: folder });
    await judgeAll(opened);
    rmSync(folder, { recursive: true });
    expect([(await opened.end()).exitCode, reportIn(folder).verdict]).toEqual([0, 'conforms']);
  });

  test('counts a case without a result as an error', async () => {
    const { run: opened } = await open({});
    const [first, ...others] = opened.cases;
    await Promise.all(others.map((testCase) => opened.judge(testCase)));
    const { exitCode, report } = await opened.end({ lost: opened.cases.map(({ id }) => id) });
    expect([exitCode, report.counts.error]).toEqual([2, 1]);
    expect(report.cases.find(({ id }) => id === first?.id)).toMatchObject({ verdict: 'error' });
  });
});

test('selects cases by id, by claim, by pattern, and every third of them', async () => {
  const idsOf = async (select: RunOptions['select']) => {
    const { run: opened } = await open({}, select === undefined ? {} : { select });
    opened.breakOff('signal');
    return opened.cases.map(({ id }) => id);
  };
  const all = await idsOf(undefined);
  expect(await idsOf({ ids: ['RS-2/id'] })).toEqual(['RS-2/id']);
  expect(await idsOf({ pattern: /^RS-2\/id / })).toEqual(['RS-2/id']);
  const parts = await Promise.all([1, 2, 3].map((index) => idsOf({ shard: { index, count: 3 } })));
  expect(parts.flat().sort()).toEqual([...all].sort());
  const sizes = parts.map(({ length }) => length);
  expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThan(5);
  // The case that calls for other cases' customers again is in the same part as those.
  const [end] = parts.filter((part) => part.includes('GC-1/end-of-the-run'));
  expect(end).toEqual(expect.arrayContaining(['EP-1/post', 'GC-3/each-its-own-answer']));
});

test('a smoke run of a part says both in its report', async () => {
  const select = { shard: { index: 1, count: 2 } };
  const { report } = await run({ JUSPAY_PROFILE: 'smoke' }, { select });
  expect(report.run).toMatchObject({ profile: 'smoke', ...select });
  expect(report.notices.map(({ code }) => code)).toEqual(['smoke', 'shard', 'partial']);
});

test('runs every case once, however often it is requested', async () => {
  const server = await serve();
  const { run: opened } = await open(liveVariables(server.url));
  const before = server.requests;
  const [first] = opened.cases;
  if (first === undefined) throw new Error('no case');
  const results = await Promise.all([opened.judge(first), opened.judge(first)]);
  expect([results[0] === results[1], server.requests - before]).toEqual([true, 1]);
  opened.breakOff('signal');
});

test("the reports do not depend on the checkout's folder", async () => {
  const folder = join(newFolder(), 'r#?%2F$&', 'node_modules');
  mkdirSync(folder, { recursive: true });
  expect((await run({ JUSPAY_REPORT_DIR: folder })).exitCode).toBe(0);
});
