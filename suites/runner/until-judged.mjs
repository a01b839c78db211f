import { spawnSync } from 'node:child_process';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

// Plain JavaScript: it has to hold also where TypeScript cannot be loaded.

/** Under this name a process says that a run of the suite ends it (run-process.ts). */
const OWNED = Symbol.for('conformance run');

/** Of a run; the first is what a pipeline reads. */
const REPORTS = ['verdict.json', 'report.json', 'junit.xml', 'report.html', 'summary.md', 'ctrf.json'];

let why = 'vitest ended before the run began; what it says is above';

/** From now on this process ends with 2, unless a run of the suite ends it: its reports then say that nothing was judged. */
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

/** Why this Node.js cannot run the suite; undefined where it can. */
export function whyUnfit() {
  try {
    Function('');
    return undefined;
  } catch {
    return (
      'this Node.js makes no code from texts (--disallow-code-generation-from-strings), which checking by schemas needs: ' +
      'leave the flag out, also of NODE_OPTIONS'
    );
  }
}

/**
 * Ends this process without a verdict.
 * @param {string} reason in a sentence
 * @returns {never}
 */
export function endUnjudged(reason) {
  why = reason;
  process.exit();
}

/** In a process of its own: this one may be unable to load anything. */
function sayNotJudged() {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const args = [
    '--import',
    import.meta.resolve('tsx'),
    fileURLToPath(new URL('say-not-judged.ts', import.meta.url)),
    why,
  ];
  try {
    const { stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8', timeout: 20_000 });
    if (stderr.startsWith('could not judge: ')) return void process.stderr.write(stderr);
  } catch {
    // This process may start no other one.
  }
  process.stderr.write(`could not judge: ${why}\n`);
  const folder = process.env['JUSPAY_REPORT_DIR'] ?? 'reports/out';
  try {
    // Of another run, which must not be read as this one's.
    if (!existsSync(join(folder, 'run.lock'))) for (const name of REPORTS) rmSync(join(folder, name), { force: true });
  } catch (thrown) {
    process.stderr.write(`the reports in ${folder} are of an earlier run, and cannot be removed: ${thrown}\n`);
  }
}
