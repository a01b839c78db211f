import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import { BroadcastChannel } from 'node:worker_threads';
import type { Reporter, TestModule, TestProject, TestRunEndReason, Vitest } from 'vitest/node';
import type { Shown, VitestRun } from './vitest-run.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Name of the channel for results; undefined if vitest only lists tests. */
    run: string | undefined;
  }
}

/** A worker's question: the result of a case, or without an id the name of the target. */
export interface Ask {
  readonly ask: string;
  readonly id?: string;
}

/** The answer to a question. */
export interface Answer extends Shown {
  readonly ask: string;
  readonly target: string;
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
  if (process.argv[2] !== 'list' && adapter.refused.length > 0) await adapter.begin();
}

/** The unsupported options, one sentence each. */
export function refusals({ config, mode }: Pick<Vitest, 'config' | 'mode'>, reportDir: string): string[] {
  const isOurs = (file: string) => resolve(file).startsWith(`${resolve(reportDir)}${sep}`);
  const outputs = Object.values(
    typeof config.outputFile === 'string' ? [config.outputFile] : (config.outputFile ?? {}),
  );
  const blob = config.reporters.some((one) => Array.isArray(one) && one[0] === 'blob');
  const found: readonly (readonly [boolean, string])[] = [
    [mode === 'benchmark', 'vitest bench has no benchmarks here: npm run bench measures a run'],
    [config.coverage.enabled, "--coverage would measure the suite's own code, not a server: remove it"],
    [
      config.shard !== undefined,
      "vitest's --shard splits by file: use --shard 1/3 of the project's own command, which splits by case",
    ],
    [
      config.mergeReports !== undefined || blob,
      "vitest's blob reports have no verdict and cannot be merged: run the whole suite, or use the project's own --shard 1/3",
    ],
    [(config.bail ?? 0) > 0, '--bail would skip cases, but a verdict needs all of them: select fewer with -t'],
    [config.typecheck.enabled, '--typecheck has nothing to check here: npm run test:types checks the types'],
    [config.browser.enabled, 'a browser cannot send all requests of the cases: run without --browser'],
    [
      outputs.some((file) => typeof file === 'string' && isOurs(file)),
      `--outputFile is in the report folder ${reportDir}, which is for the run's own files: choose another folder`,
    ],
  ];
  return found.flatMap(([isFound, sentence]) => (isFound ? [sentence] : []));
}

/** Shows a run in vitest: starts it, answers the suites' tests, and ends it. Makes no decisions. */
class VitestAdapter implements Reporter {
  readonly #vitest: Vitest;
  readonly #channel = new BroadcastChannel(randomUUID());
  #run: Promise<VitestRun> | undefined;
  #hasEnded = false;

  /** Unsupported options of vitest. */
  readonly refused: readonly string[];

  constructor(vitest: Vitest) {
    this.#vitest = vitest;
    this.refused = refusals(vitest, process.env['JUSPAY_REPORT_DIR'] ?? 'reports/out');
    this.#channel.unref();
    this.#channel.onmessage = ({ data }) => void this.#answer(data as Ask);
  }

  /**
   * Not called if vitest only lists tests: then there is no run. Without keys, vitest starts its worker while the run is
   * loading, which takes about as long; the worker's first question waits for the run. With keys, no suite may print one
   * before the run masks the output.
   */
  async onInit(): Promise<void> {
    this.#vitest.provide('run', this.#channel.name);
    const run = this.begin();
    if (mayHaveKeys()) await run;
  }

  /** Starts a run; the process ends if it is refused. */
  begin(): Promise<VitestRun> {
    const loaded = import('./vitest-run.ts').catch((thrown: unknown): never => {
      process.stderr.write(`the suite does not load: ${thrown instanceof Error ? thrown.message : thrown}\n`);
      process.exit();
    });
    this.#run = loaded.then(({ beginVitestRun }) => beginVitestRun(this.refused));
    return this.#run;
  }

  /** Starts another run in watch mode. */
  async onTestRunStart(): Promise<void> {
    if (this.#hasEnded) await this.begin();
    this.#hasEnded = false;
  }

  onTestModuleCollected(module: TestModule): void {
    const skipped = [...module.children.allTests()].filter(({ options }) => options.mode === 'skip');
    const ids = skipped.map(({ name }) => idOf(name));
    void this.#run?.then((run) => run.leaveOut(ids));
  }

  async onTestRunEnd(
    modules: readonly TestModule[],
    unhandled: readonly { readonly message?: string }[],
    reason: TestRunEndReason,
  ): Promise<void> {
    const run = await this.#run;
    if (run === undefined) return;
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const defects = [...unhandled, ...modules.flatMap((module) => module.errors())].map(({ message }) => `${message}`);
    const isInterrupted = reason === 'interrupted';
    const shown = new Set(tests.map(({ name }) => idOf(name)));
    // Whole files were not selected; after an error they may have been.
    if (defects.length === 0 && !isInterrupted) {
      run.leaveOut(run.ids.filter((id) => !shown.has(id)));
    }
    const lost = tests.filter(({ options }) => options.mode !== 'skip').map(({ name }) => idOf(name));
    await run.end({ defects, lost: isInterrupted ? [] : lost, isInterrupted });
    this.#hasEnded = true;
  }

  async #answer({ ask, id }: Ask): Promise<void> {
    const run = await this.#run;
    if (run === undefined) return;
    const shown = id === undefined ? {} : await run.show(id);
    this.#channel.postMessage({ ask, target: run.target, ...shown } satisfies Answer);
  }
}

function mayHaveKeys(): boolean {
  return ['JUSPAY_API_KEY', 'DOTENV_CONFIG_PATH'].some((name) => process.env[name] !== undefined) || existsSync('.env');
}

/** A test's name is the case id, two spaces and the title. */
function idOf(testName: string): string {
  return testName.split('  ', 1)[0] ?? '';
}
