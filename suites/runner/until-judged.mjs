import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Plain JavaScript, because it must work even if TypeScript cannot be loaded.

/** Set by run-process.ts once a run decides the exit code. */
const OWNED = Symbol.for('conformance run');

/** A run's files, as in REPORT_FILES (reports/views/write.ts), first the one that pipelines read. */
export const REPORTS = ['verdict.json', 'report.json', 'junit.xml', 'report.html', 'summary.md', 'ctrf.json'];

let why = 'vitest exited before the run started; see its output above';

/** Makes this process exit with 2, and its reports say that nothing was judged, unless a run takes over. */
export function holdUntilJudged() {
  process.exitCode = 2;
  process.on('exit', () => {
    if (Reflect.has(globalThis, OWNED)) return;
    Reflect.set(globalThis, OWNED, true);
    process.exitCode = 2;
    sayNotJudged();
  });
  const unfit = whyUnfit();
  if (unfit !== undefined) endUnjudged(unfit);
}

/** Why this Node.js cannot run the suite; undefined if it can. */
export function whyUnfit() {
  try {
    Function('');
    return undefined;
  } catch {
    return (
      'this Node.js runs with --disallow-code-generation-from-strings, but schema validation generates code: ' +
      'remove the flag, also from NODE_OPTIONS'
    );
  }
}

/**
 * Exits without a verdict.
 * @param {string} reason a sentence
 * @returns {never}
 */
export function endUnjudged(reason) {
  why = reason;
  process.exit();
}

/** In a child process, because this one may be unable to load anything. */
function sayNotJudged() {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const args = [
    '--import',
    import.meta.resolve('tsx'),
    fileURLToPath(new URL('say-not-judged.ts', import.meta.url)),
    why,
  ];
  try {
    const { status, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8', timeout: 20_000 });
    // Another status is that of a process which could not load the suite.
    if (status === 2) return void process.stderr.write(stderr);
  } catch {
    // This process may not be allowed to start another one.
  }
  process.stderr.write(`could not judge: ${why}\n`);
  const folder = process.env['JUSPAY_REPORT_DIR'] ?? 'reports/out';
  try {
    // An earlier run's files must not be taken for this run's.
    if (!existsSync(join(folder, 'run.lock'))) for (const name of REPORTS) rmSync(join(folder, name), { force: true });
  } catch (thrown) {
    process.stderr.write(`the reports in ${folder} are of an earlier run, and cannot be removed: ${thrown}\n`);
  }
}
