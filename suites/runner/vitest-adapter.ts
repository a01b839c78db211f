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
    /** Channel for results, and the target; undefined if vitest only lists tests. */
    run: { readonly channel: string; readonly target: string } | undefined;
  }
}

/** A worker's request for the result of a case. */
export interface Ask {
  readonly ask: string;
  readonly id: string;
}

/** What a test shows. */
export interface Shown {
  readonly ask: string;
  readonly skip?: string;
  readonly failure?: { readonly name: 'BrokenClaim' | 'CouldNotJudge'; readonly message: string };
}

/**
 * Attaches the conformance run to vitest, whatever its options. Unsupported options end the process here, before vitest acts
 * on them.
 */
export async function attach(vitest: Vitest, projects: readonly TestProject[]): Promise<void> {
  for (const config of [vitest.config, ...projects.map((project) => project.config)]) {
    // Settings that one run needs. The number of workers does not affect its limits.
    Object.assign(config, {
      pool: 'threads',
      isolate: false,
      fileParallelism: false,
      maxWorkers: 1,
      maxConcurrency: 512,
      // The target limits the time of a case, and a case runs once.
      testTimeout: 0,
      hookTimeout: 0,
      retry: 0,
    });
  }
  const adapter = new VitestAdapter(vitest);
  vitest.config.reporters.push(adapter as never);
  // Listing tests is not a run.
  if (process.argv[2] !== 'list' && adapter.refused.length > 0) await adapter.onInit();
}

/** The unsupported options, one sentence each. */
export function refusals({ config, mode }: Pick<Vitest, 'config' | 'mode'>, reportDir: string): string[] {
  const isOurs = (file: string) => resolve(file).startsWith(`${resolve(reportDir)}${sep}`);
  const outputs = Object.values(
    typeof config.outputFile === 'string' ? [config.outputFile] : (config.outputFile ?? {}),
  );
  const blob = config.reporters.some((one) => Array.isArray(one) && one[0] === 'blob');
  return [
    ...(mode === 'benchmark' ? ['vitest bench has no benchmarks here: npm run bench measures a run'] : []),
    ...(config.coverage.enabled ? ["--coverage would measure the suite's own code, not a server: remove it"] : []),
    ...(config.shard === undefined
      ? []
      : ["vitest's --shard splits by file: use --shard 1/3 of the project's own command, which splits by case"]),
    ...(config.mergeReports !== undefined || blob
      ? [
          "vitest's blob reports have no verdict and cannot be merged: run the whole suite, or use the project's own --shard 1/3",
        ]
      : []),
    ...((config.bail ?? 0) > 0
      ? ['--bail would skip cases, but a verdict needs all of them: select fewer with -t']
      : []),
    ...(config.typecheck.enabled ? ['--typecheck has nothing to check here: npm run test:types checks the types'] : []),
    ...(config.browser.enabled ? ['a browser cannot send all requests of the cases: run without --browser'] : []),
    ...(outputs.some((file) => typeof file === 'string' && isOurs(file))
      ? [`--outputFile is in the report folder ${reportDir}, which is for the run's own files: choose another folder`]
      : []),
  ];
}

/** Shows a run in vitest: starts it, answers the suites' tests, and ends it. Makes no decisions. */
class VitestAdapter implements Reporter {
  readonly #vitest: Vitest;
  readonly #channel = new BroadcastChannel(randomUUID());
  #owned: RunProcess | undefined;

  /** Unsupported options of vitest. */
  readonly refused: readonly string[];

  constructor(vitest: Vitest) {
    this.#vitest = vitest;
    this.refused = refusals(vitest, process.env['JUSPAY_REPORT_DIR'] ?? 'reports/out');
    this.#channel.unref();
    this.#channel.onmessage = ({ data }) => void this.#answer(data as Ask);
  }

  /** Not called if vitest only lists tests: then there is no run. */
  async onInit(): Promise<void> {
    this.#owned ??= ownProcess();
    makeStacksSafe();
    try {
      loadEnvironment();
    } catch (thrown) {
      if (!(thrown instanceof SetupError)) throw thrown;
      // The run itself refuses, so that an older report is not taken for this run's.
      return this.#begin([thrown.message]);
    }
    await this.#begin();
  }

  /** Starts another run in watch mode. */
  async onTestRunStart(): Promise<void> {
    if (this.#owned?.run?.outcome !== undefined) await this.#begin();
  }

  onTestModuleCollected(module: TestModule): void {
    const skipped = [...module.children.allTests()].filter(({ options }) => options.mode === 'skip');
    this.#owned?.run?.leaveOut(skipped.map(({ name }) => idOf(name)));
    // An error will show at the end.
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
    // Whole files were not selected; after an error they may have been.
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
  const { verdict, reason = 'no reason known' } = result;
  if (verdict === 'not-run' || verdict === 'waived') return { skip: reason };
  if (verdict === 'error') return { failure: { name: 'CouldNotJudge', message: reason } };
  if (verdict !== 'fail') return {};
  const claims = new Map(contract.claims.map((claim) => [claim.id, claim]));
  return { failure: { name: 'BrokenClaim', message: failureText(reportCase(result, shown.baseUrl), claims) } };
}

/** Without the host, so that test names do not change between runs. */
function inWords({ kind, recording }: Report['target']): string {
  return recording === undefined ? kind : `replay of ${recording.recorded.slice(0, 10)}`;
}

/** A test's name is the case id, two spaces and the title. */
function idOf(testName: string): string {
  return testName.split('  ', 1)[0] ?? '';
}
