import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EXIT_CODES, type Report } from '../../reports/report.ts';
import { builtCommand } from '../fixtures/built-command.ts';
import { startReferenceServer } from '../fixtures/reference-server.ts';
import { RUN_VARIABLES } from '../fixtures/run-variables.ts';
import { liveVariables, startRun } from '../fixtures/spawned-run.ts';
import { startStoppingFront } from '../fixtures/stopping-front.ts';

/** Number of runs, each with one or two processes. For a longer search with other seeds: FUZZ_PROCESSES=200. */
const RUNS = Number(process.env['FUZZ_PROCESSES'] ?? 3);
const SEED = Number(process.env['FUZZ_SEED'] ?? (RUNS > 3 ? Date.now() % 1_000_000 : 14));
const AT_ONCE = 3;

/** Few cases, of which a fault breaks one claim. */
const PATTERN = '(?:RQ-2|RS-2|RS-3|GC-1)/';
const COMMAND = [builtCommand(), 'run'];
const CLONE = ['suites/runner/start.mjs'];
/** Refused before anything is sent. */
const REFUSED = [
  'bail=1',
  'shard=1/2',
  'coverage',
  'merge-reports',
  'no-such-flag',
  'config=vitest.unit.config.ts',
].map((flag) => [...CLONE, `--${flag}`]);
const WAYS = [
  ...[[], ['--shard', '1/2'], ['--claim', 'RS-2', '--claim', 'RS-3'], ['--case', 'nowhere']].map((more) => [
    ...COMMAND,
    ...more,
  ]),
  ...[
    ...[
      'reporter=dot',
      'reporter=json',
      'retry=3',
      'testTimeout=1',
      'pool=forks',
      'pool=vmThreads',
      'no-isolate',
      'maxWorkers=4',
    ],
    ...['sequence.shuffle', 'passWithNoTests', 'silent', 'no-color', 'dangerouslyIgnoreUnhandledErrors'],
  ].map((flag) => [...CLONE, `--${flag}`]),
  ...REFUSED,
  CLONE,
  CLONE,
];

/** Valid and invalid variables, and some that only a process has. */
const VARIABLES = [
  ...RUN_VARIABLES,
  ...['--no-deprecation', '--frozen-intrinsics', '--disallow-code-generation-from-strings'].map(
    (value) => ['NODE_OPTIONS', value] as const,
  ),
  ['JUSPAY_MAX_SECONDS', '1'],
  ['JUSPAY_PROFILE', 'smoke'],
  ['JUSPAY_WAIVERS', 'nowhere.yaml'],
  ['JUSPAY_TARGE', 'live'],
  ['VITEST_MAX_WORKERS', '4'],
  ['GITHUB_ACTIONS', 'true'],
] as const;

const SCENARIO = fc.record({
  fault: fc.constantFrom(undefined, 'id-as-number', 'object-misspelt'),
  way: fc.constantFrom(...WAYS),
  env: fc.array(fc.constantFrom(...VARIABLES), { maxLength: 2 }).map((pairs) => Object.fromEntries(pairs)),
  event: fc.constantFrom(
    'nothing',
    'nothing',
    'second run',
    'hangs',
    'closes',
    'SIGTERM',
    'SIGINT',
    'SIGHUP',
    'SIGKILL',
  ),
  /** How many requests come before it. */
  after: fc.nat({ max: 30 }),
});
type Scenario = typeof SCENARIO extends fc.Arbitrary<infer T> ? T : never;

/** Runs it. @returns contradictions between the outcome and what the server did; empty if there are none */
async function disagreements({ fault, way, env, event, after }: Scenario): Promise<string[]> {
  const server = await startReferenceServer(fault === undefined ? {} : { fault });
  const stops = event !== 'nothing';
  const front = await startStoppingFront(
    server.url,
    stops ? after : Number.POSITIVE_INFINITY,
    event === 'closes' ? 'closes' : 'hangs',
  );
  const variables = liveVariables(front.url, { JUSPAY_TIMEOUT_MS: stops ? '700' : '10000', ...env });
  const start = (folder?: string) =>
    startRun(variables, { node: [...way, '-t', PATTERN], ...(folder === undefined ? {} : { folder }) });
  const run = start();
  const ended = run.ended();
  await Promise.race([front.gone, ended]);
  const wasAlive = run.process.exitCode === null && run.process.signalCode === null;
  const second = event === 'second run' && wasAlive ? start(run.folder) : undefined;
  const secondCode = await second?.ended();
  if (event.startsWith('SIG')) run.process.kill(event as NodeJS.Signals);
  const code = await ended;
  await Promise.all([front.close(), server.close()]);

  const report: Report = run.report();
  const { exitCode } = JSON.parse(run.files().get('verdict.json')?.toString() ?? '{}') as { exitCode?: number };
  const { total, ...counts } = report.counts;
  const junit = run.files().get('junit.xml')?.toString() ?? '';
  const told = code ?? 2;
  const limit = Number(variables['JUSPAY_MAX_REQUESTS'] ?? 2000) || 0;
  const isWhole = report.complete && !stops && told !== 2;
  const wrong: Readonly<Record<string, boolean>> = {
    'the exit code is one of 0, 1 and 2': ![0, 1, 2].includes(told) || (code === null && event !== 'SIGKILL'),
    'verdict.json has the exit code': exitCode !== told,
    'report.json has the exit code': EXIT_CODES[report.verdict] !== told,
    'the counts add up': Object.values(counts).reduce((sum, one) => sum + one, 0) !== total,
    'junit.xml has as many failures': Number(/<testsuites[^>]* failures="(\d+)"/.exec(junit)?.[1]) !== counts.fail,
    'no more requests than allowed': front.requests > limit,
    'what is refused sends nothing': REFUSED.includes(way) && front.requests > 0,
    'what is refused has exit code 2': REFUSED.includes(way) && event !== 'SIGKILL' && code !== 2,
    'nothing judged means that only the preflight was sent':
      total === counts['not-run'] && !stops && !('JUSPAY_MAX_SECONDS' in env) && front.requests > 2,
    'the report has the number of requests': isWhole && ![2, 3].includes(front.requests - report.requests),
    'a server that conforms is not accused': fault === undefined && (told === 1 || counts.fail > 0),
    'a server that breaks a claim is': isWhole && fault !== undefined && told !== 1,
    'a server that conforms does so': isWhole && fault === undefined && told !== 0,
    'no verdict without having judged':
      told === 0 && (counts.pass === 0 || counts.fail + counts.error > 0 || !report.complete),
    'a run whose server went away is not green': stops && wasAlive && told === 0,
    'a second run in the folder is refused': secondCode !== undefined && secondCode !== 2,
  };
  return Object.keys(wrong).filter((name) => wrong[name]);
}

test(
  'with real processes, exit code, limits and every report match what the server did',
  async () => {
    const scenarios = fc.sample(SCENARIO, { numRuns: RUNS, seed: SEED });
    const found: object[] = [];
    const work = async () => {
      for (let one = scenarios.shift(); one !== undefined; one = scenarios.shift()) {
        const violated = await disagreements(one);
        if (violated.length > 0) found.push({ violated, ...one });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    expect(found, `FUZZ_SEED=${SEED} FUZZ_PROCESSES=${RUNS}`).toEqual([]);
  },
  RUNS * 60_000,
);
