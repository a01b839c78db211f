import { afterEach, describe, expect, test, vi } from 'vitest';
import { PROGRAM, runCommandLine } from './command.ts';
import { COMMANDS } from './commands.ts';

afterEach(() => vi.restoreAllMocks());

/** The report of a live run, as the previous version wrote it. */
const LIVE = 'reports/fixtures/report-version-1.json';

/** Runs a command line. */
async function type(...argv: readonly string[]) {
  const printed = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    vi.spyOn(process[stream], 'write').mockImplementation((text) => {
      printed[stream] += String(text);
      return true;
    });
  }
  const code = await runCommandLine(COMMANDS, argv, '1.2.3');
  return { code, ...printed };
}

test.each<[string[], string]>([
  [['fidelty'], "error: unknown command 'fidelty'\n(Did you mean fidelity?)"],
  [['report', '--ot', 'x'], "error: unknown option '--ot'\n(Did you mean --out?)"],
  [['compare', 'a.json', 'b.json', 'c.json'], 'error: too many arguments'],
  [['compare', 'a.json'], "error: missing required argument 'after'"],
  [['report', 'nowhere.json'], 'error: nowhere.json cannot be read: there is no such file'],
  [['--list', '--claim', 'RQ-77'], 'error: no case is about RQ-77'],
  [['--list', '-t', 'no such case'], 'error: no case is selected'],
  [['--list', '-t', '('], 'error: --pattern is "(": expected a regular expression'],
  [['--list', '--shard', '4/3'], 'error: --shard is "4/3": expected PART/TOTAL'],
  [['fidelity', LIVE, LIVE], 'error: the first report is not of a run against the mock\n'],
  [['pin', LIVE, 'suites'], 'error: suites cannot be read: EISDIR'],
  [['compare', LIVE, LIVE, '--out', 'package.json/out'], 'error: ENOTDIR: not a directory, mkdir'],
  [['fidelity', 'a', 'b', '--at-least', 'all'], 'error: --at-least is "all": expected a number from 0 to 100'],
])('%j prints the error and exits with 2', async (argv, message) => {
  const { code, stderr, stdout } = await type(...argv);
  expect(stderr).toContain(message);
  expect(stdout).toBe('');
  expect(code).toBe(2);
});

describe('--help', () => {
  test('lists every command', async () => {
    const { code, stdout } = await type('--help');
    for (const { name } of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
    expect(code).toBe(0);
  });

  test.each(COMMANDS.map((one) => [one.name, one] as const))('of %s has examples and exit codes', async (name, one) => {
    const { code, stdout } = await type(name, '--help');
    for (const example of one.examples) expect(stdout).toContain(`  ${PROGRAM} ${example}`);
    for (const variable of one.variables ?? []) expect(stdout).toContain(variable);
    expect(stdout).toMatch(/Exit code:\n {2}0 /);
    expect(code).toBe(0);
  });
});

describe('--list', () => {
  test('--claim lists exactly the cases of that claim', async () => {
    const { code, stdout } = await type('--list', '--claim', 'RQ-2');
    expect(stdout).toMatch(/^(?:RQ-2\/\S+ {2}.+\n)+$/);
    expect(code).toBe(0);
  });

  test('-t searches ids and titles', async () => {
    const { stdout } = await type('--list', '-t', 'seven characters|^AU-1/');
    expect(stdout.split('\n').map((line) => line.split('/')[0])).toEqual(expect.arrayContaining(['AU-1']));
  });

  test('the shards of a run have every case exactly once', async () => {
    const lines = async (...argv: string[]) => (await type(...argv)).stdout.trim().split('\n');
    const parts: string[] = [];
    for (const part of ['1/3', '2/3', '3/3']) parts.push(...(await lines('run', '--list', '--shard', part)));
    expect(parts.sort()).toEqual((await lines('--list')).sort());
  });
});

test('--version prints the version', async () => {
  expect(await type('--version')).toEqual({ code: 0, stdout: '1.2.3\n', stderr: '' });
});
