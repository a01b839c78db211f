import { setFlagsFromString } from 'node:v8';
import { EXIT_CODES, type Interruption } from '../../reports/report.ts';
import { forTerminal } from '../../reports/terminal.ts';
import { maskOutput } from '../secrets/mask-output.ts';
import type { ConformanceRun } from './conformance-run.ts';
import type { RunIo } from './run-io.ts';

/** Milliseconds. */
const LOOK_FOR_NPM = 300;

/**
 * By how many percent the heap may grow before a garbage collection. By default it may grow to several times its size, and
 * large answers are mostly garbage.
 */
const HEAP_GROWTH = 30;

/** A process whose exit code is that of its run. */
export interface RunProcess {
  /** The current run; in watch mode the last one. */
  run: ConformanceRun | undefined;
  /** The exit code without a run. */
  exitCode: number;
  /** Why the process exits, if before its run has ended. */
  reason: Interruption;
}

/**
 * Makes this process exit with the code of its run, and with 2 until there is a verdict. Signals, a closed terminal and
 * defects break off the run, so that its reports are written.
 */
export function ownProcess(): RunProcess {
  const owned: RunProcess = { run: undefined, exitCode: EXIT_CODES['could-not-judge'], reason: 'signal' };
  process.exitCode = owned.exitCode;
  setFlagsFromString(`--heap-growing-percent=${HEAP_GROWTH}`);
  // Tells until-judged.mjs that the run now decides the exit code.
  Reflect.set(globalThis, Symbol.for('conformance run'), true);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit());
  const endByDefect = (thrown: unknown): void => {
    owned.reason = 'defect';
    const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    process.stderr.write(`a defect of the suite: ${forTerminal(text)}\n`);
    process.exit();
  };
  process.prependListener('uncaughtException', endByDefect);
  process.prependListener('unhandledRejection', endByDefect);
  // npm does not forward signals: if npm is gone, nobody waits for this run.
  const parent = process.ppid;
  if (process.env['npm_lifecycle_event'] !== undefined) {
    setInterval(() => process.ppid !== parent && process.exit(), LOOK_FOR_NPM).unref();
  }
  // If the reader of the output is gone or its disk is full, reports and exit code are still written.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  process.on('exit', () => {
    process.exitCode = owned.exitCode;
    if (owned.run !== undefined) process.exitCode = owned.run.breakOff(owned.reason).exitCode;
  });
  return owned;
}

/** This process's streams. Masks all its output from the first run on. */
export function processIo(): RunIo {
  return { stdout: process.stdout, stderr: process.stderr, onMasker: maskOutput };
}
