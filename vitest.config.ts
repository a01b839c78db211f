import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { bundle } from './suites/runner/bundle.ts';
import { keepCompiled } from './suites/runner/compiled.ts';
import SuiteOrder from './suites/runner/suite-order.ts';

/**
 * Where transformed modules are kept: a folder for each state of the lock file. Vitest empties its own folder when the lock
 * file has changed, while it already writes to it, and the first run after an update would end in a file that is gone.
 */
const lock = readFileSync(new URL('package-lock.json', import.meta.url));
const modules = `node_modules/.cache/modules-${createHash('sha256').update(lock).digest('hex').slice(0, 16)}`;

/**
 * The conformance suites. The project's own tests have vitest.unit.config.ts.
 *
 * `--mode=conformance` is for a run that only wants its verdict (`npm run conformance`): the suites from the bundle, and no
 * reporter but ours. Any other mode takes the sources as they are, which watch mode and a debugger need.
 */
export default defineConfig(async ({ mode }) => {
  const bundled = mode === 'conformance' ? await bundle() : undefined;
  if (bundled !== undefined) keepCompiled(`${bundled}/compiled`);
  const place = (module: string) => (bundled === undefined ? `./${module}.ts` : `${bundled}/${module}.mjs`);
  const reporter = place('suites/runner/vitest-reporter');
  return {
    resolve: {
      alias: bundled === undefined ? [] : [{ find: /^\.\/(.+)\.ts$/, replacement: `${bundled}/suites/$1.mjs` }],
    },
    test: {
      include: ['suites/*.suite.ts'],
      globalSetup: [place('suites/runner/global-setup')],
      reporters: mode === 'conformance' ? [reporter] : ['default', reporter],
      // One worker for all suites: a live target's bounds (requests a second, at once) hold for the whole run.
      pool: 'threads',
      maxWorkers: 1,
      isolate: false,
      // Transformed modules are kept from run to run by their content: transforming them takes longer than judging the mock.
      experimental: { fsModuleCache: true, fsModuleCachePath: modules },
      fileParallelism: false,
      sequence: { sequencer: SuiteOrder },
      // The target queues what is over JUSPAY_CONCURRENCY; this only has to keep its queue filled.
      maxConcurrency: 512,
      // A case ends by the target's own time limit; this is for a defect of ours.
      testTimeout: 3_600_000,
    },
  };
});
