import { EXIT_CODES, type Interruption } from '../../reports/report.ts';
import { forTerminal } from '../../reports/terminal.ts';
import { maskOutput } from '../secrets/mask-output.ts';
import type { ConformanceRun } from './conformance-run.ts';
import type { RunIo } from './run-io.ts';

/** Milliseconds. */
const LOOK_FOR_NPM = 300;

/** A process that ends as its run says. */
export interface RunProcess {
  /** The run that it ends; the last one where there are several, as in watch mode. */
  run: ConformanceRun | undefined;
  /** The exit code where no run says another one. */
  exitCode: number;
  /** Why the process ends, should it end before its run. */
  reason: Interruption;
}

/**
 * Makes this process end as its run says, whatever ends it: by 2 until there is a verdict. Signals, a closed terminal and
 * a defect break the run off, so that its reports are there.
 */
export function ownProcess(): RunProcess {
  const owned: RunProcess = { run: undefined, exitCode: EXIT_CODES['could-not-judge'], reason: 'signal' };
  process.exitCode = owned.exitCode;
  // For what started it: from now on the end is this run's (until-judged.mjs).
  Reflect.set(globalThis, Symbol.for('conformance run'), true);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit());
  const endByDefect = (thrown: unknown): void => {
    owned.reason = 'defect';
    const told = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    process.stderr.write(`a defect of the suite: ${forTerminal(told)}\n`);
    process.exit();
  };
  process.prependListener('uncaughtException', endByDefect);
  process.prependListener('unhandledRejection', endByDefect);
  // npm hands no signal on: where it is gone, nobody waits for this run any more.
  const parent = process.ppid;
  if (process.env['npm_lifecycle_event'] !== undefined) {
    setInterval(() => process.ppid !== parent && process.exit(), LOOK_FOR_NPM).unref();
  }
  // Whoever read the output has gone away, or its disk is full: the reports and the exit code are there all the same.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  process.on('exit', () => {
    process.exitCode = owned.exitCode;
    if (owned.run !== undefined) process.exitCode = owned.run.breakOff(owned.reason).exitCode;
  });
  return owned;
}

/** This process's own streams. What is masked is all that it prints, from the first run on. */
export function processIo(): RunIo {
  return { stdout: process.stdout, stderr: process.stderr, onMasker: maskOutput };
}
