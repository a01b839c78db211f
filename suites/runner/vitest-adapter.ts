import { randomUUID } from 'node:crypto';
import { resolve, sep } from 'node:path';
import { BroadcastChannel } from 'node:worker_threads';
import type { Reporter, TestModule, TestProject, TestRunEndReason, Vitest } from 'vitest/node';
import type { Report } from '../../reports/report.ts';
import { reportCase } from '../../reports/report-case.ts';
import { failureText } from '../../reports/views/failure-text.ts';
import { loadHeavyViews } from '../../reports/views/write.ts';
import { SetupError } from '../../spec/setup-error.ts';
import { allCases } from '../cases/all.ts';
import type { CaseResult } from '../judge/result.ts';
import { loadEnvironment } from '../settings/environment.ts';
import type { ConformanceRun } from './conformance-run.ts';
import { openConformanceRun, RunRefused } from './open-conformance-run.ts';
import { ownProcess, processIo, type RunProcess } from './run-process.ts';
import { makeStacksSafe } from './safe-stacks.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the suites ask for results, and what is judged; undefined where vitest only lists them. */
    run: { readonly channel: string; readonly target: string } | undefined;
  }
}

/** A case that a worker wants the result of. */
export interface Ask {
  readonly ask: string;
  readonly id: string;
}

/** What a test is to show. */
export interface Shown {
  readonly ask: string;
  readonly skip?: string;
  readonly failure?: { readonly name: 'BrokenClaim' | 'CouldNotJudge'; readonly message: string };
}

/**
 * Attaches the conformance run to vitest, whatever vitest was asked to do; what cannot be served ends the process here,
 * before vitest does what it was asked for.
 */
export async function attach(vitest: Vitest, projects: readonly TestProject[]): Promise<void> {
  for (const config of [vitest.config, ...projects.map((project) => project.config)]) {
    // What a run must have to be one run; how many workers show it does not matter to its limits.
    Object.assign(config, {
      pool: 'threads',
      isolate: false,
      fileParallelism: false,
      maxWorkers: 1,
      maxConcurrency: 512,
      // A case ends by the target's own time limit, and is asked once.
      testTimeout: 0,
      hookTimeout: 0,
      retry: 0,
    });
  }
  const adapter = new VitestAdapter(vitest);
  vitest.config.reporters.push(adapter as never);
  // Its list of the tests is no run.
  if (process.argv[2] !== 'list' && adapter.refused.length > 0) await adapter.onInit();
}

/** What vitest was asked to do and a run cannot, each in a sentence. */
export function refusals({ config, mode }: Pick<Vitest, 'config' | 'mode'>, reportDir: string): string[] {
  const isOurs = (file: string) => resolve(file).startsWith(`${resolve(reportDir)}${sep}`);
  const outputs = Object.values(
    typeof config.outputFile === 'string' ? [config.outputFile] : (config.outputFile ?? {}),
  );
  const blob = config.reporters.some((one) => Array.isArray(one) && one[0] === 'blob');
  return [
    ...(mode === 'benchmark' ? ['vitest bench has nothing to measure here: npm run bench measures a run'] : []),
    ...(config.coverage.enabled
      ? ["--coverage would be of the suite's own code, and says nothing of a server: leave it out"]
      : []),
    ...(config.shard === undefined
      ? []
      : ["vitest's --shard leaves out files: --shard 1/3 of the project's own command leaves out cases, evenly"]),
    ...(config.mergeReports !== undefined || blob
      ? [
          "vitest's blob reports hold no verdict and cannot be merged: run the suite whole, or with the project's own --shard 1/3",
        ]
      : []),
    ...((config.bail ?? 0) > 0
      ? ['--bail would leave cases out, and a verdict is of all of them: select fewer with -t']
      : []),
    ...(config.typecheck.enabled ? ['--typecheck has nothing to check here: npm run test:types checks the types'] : []),
    ...(config.browser.enabled ? ['--browser cannot send what the cases send: run them in Node.js'] : []),
    ...(outputs.some((file) => typeof file === 'string' && isOurs(file))
      ? [`--outputFile is in the report folder ${reportDir}, which holds the run's own files: name another folder`]
      : []),
  ];
}

/** Shows a run in vitest: starts it, answers the suites' tests, and ends it. Decides nothing itself. */
class VitestAdapter implements Reporter {
  readonly #vitest: Vitest;
  readonly #channel = new BroadcastChannel(randomUUID());
  #owned: RunProcess | undefined;

  /** What vitest was asked to do and cannot be served. */
  readonly refused: readonly string[];

  constructor(vitest: Vitest) {
    this.#vitest = vitest;
    this.refused = refusals(vitest, process.env['JUSPAY_REPORT_DIR'] ?? 'reports/out');
    this.#channel.unref();
    this.#channel.onmessage = ({ data }) => void this.#answer(data as Ask);
  }

  /** Not called where vitest only lists the tests: then there is no run. */
  async onInit(): Promise<void> {
    this.#owned ??= ownProcess();
    makeStacksSafe();
    try {
      loadEnvironment();
    } catch (thrown) {
      if (!(thrown instanceof SetupError)) throw thrown;
      // Refused by the run itself, so that no older report is taken for this run's.
      return this.#begin([thrown.message]);
    }
    await this.#begin();
  }

  /** Again, in watch mode. */
  async onTestRunStart(): Promise<void> {
    if (this.#owned?.run?.outcome !== undefined) await this.#begin();
  }

  onTestModuleCollected(module: TestModule): void {
    const skipped = [...module.children.allTests()].filter(({ options }) => options.mode === 'skip');
    this.#owned?.run?.leaveOut(skipped.map(({ name }) => idOf(name)));
    // What goes wrong is seen at the end.
    loadHeavyViews().catch(() => {});
  }

  async onTestRunEnd(
    modules: readonly TestModule[],
    unhandled: readonly { readonly message?: string }[],
    reason: TestRunEndReason,
  ): Promise<void> {
    const run = this.#owned?.run;
    if (run === undefined) return;
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const defects = [...unhandled, ...modules.flatMap((module) => module.errors())].map(({ message }) => `${message}`);
    const isInterrupted = reason === 'interrupted';
    const shown = new Set(tests.map(({ name }) => idOf(name)));
    // Whole files were not selected; where something went wrong, they may have been.
    if (defects.length === 0 && !isInterrupted) {
      run.leaveOut(run.cases.map(({ id }) => id).filter((id) => !shown.has(id)));
    }
    const lost = tests.filter(({ options }) => options.mode !== 'skip').map(({ name }) => idOf(name));
    await run.end({ defects, lost: isInterrupted ? [] : lost, isInterrupted });
  }

  async #begin(more: readonly string[] = []): Promise<void> {
    const owned = this.#owned ?? ownProcess();
    try {
      const run = await openConformanceRun(process.env, processIo(), { refused: [...this.refused, ...more] });
      owned.run = run;
      this.#vitest.provide('run', { channel: this.#channel.name, target: inWords(run.shown.target) });
    } catch (thrown) {
      if (!(thrown instanceof RunRefused)) throw thrown;
      process.stderr.write(`${thrown.message}\n`);
      owned.exitCode = thrown.exitCode;
      process.exit();
    }
  }

  async #answer({ ask, id }: Ask): Promise<void> {
    const run = this.#owned?.run;
    const testCase = allCases.find((one) => one.id === id);
    if (run === undefined || testCase === undefined) return;
    this.#channel.postMessage({ ask, ...shownAs(await run.judge(testCase), run) } satisfies Shown);
  }
}

function shownAs(result: CaseResult, { contract, shown }: ConformanceRun): Omit<Shown, 'ask'> {
  const { verdict, reason = 'no reason is known' } = result;
  if (verdict === 'not-run' || verdict === 'waived') return { skip: reason };
  if (verdict === 'error') return { failure: { name: 'CouldNotJudge', message: reason } };
  if (verdict !== 'fail') return {};
  const claims = new Map(contract.claims.map((claim) => [claim.id, claim]));
  return { failure: { name: 'BrokenClaim', message: failureText(reportCase(result, shown.baseUrl), claims) } };
}

/** Without a host, so that a test has the same name in every run. */
function inWords({ kind, recording }: Report['target']): string {
  return recording === undefined ? kind : `replay of ${recording.recorded.slice(0, 10)}`;
}

/** A test is named by its case's id and, after two spaces, its title. */
function idOf(testName: string): string {
  return testName.split('  ', 1)[0] ?? '';
}
