import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { Plugin } from 'vitest/config';
import { defineConfig } from 'vitest/config';
import SuiteOrder from './suites/runner/suite-order.ts';
import { holdUntilJudged } from './suites/runner/until-judged.mjs';

/**
 * Cache of transformed modules, in a folder per lock file. Vitest's own folder fails in the first run after an update: vitest
 * empties it because the lock file changed, while it is already writing to it.
 */
const lock = ['package-lock.json', 'package.json'].map((name) => new URL(name, import.meta.url)).find(existsSync);
const packages = lock === undefined ? '' : readFileSync(lock);
const modules = `node_modules/.cache/modules-${createHash('sha256').update(packages).digest('hex').slice(0, 16)}`;

// For `npx vitest`, which may exit before a run starts. `vitest list` is not a run.
if (/vitest(\.mjs)?$/.test(process.argv[1] ?? '') && process.argv[2] !== 'list') holdUntilJudged();

/** Runs the conformance run in vitest's main process, regardless of vitest's flags and variables. */
const conformance: Plugin = {
  name: 'conformance',
  async configureVitest({ vitest, project }) {
    const adapter = `${import.meta.dirname}/suites/runner/vitest-adapter.ts`;
    const { attach } = await vitest.import<typeof import('./suites/runner/vitest-adapter.ts')>(adapter);
    await attach(vitest, [project]);
  },
};

/**
 * The conformance suites. The project's own tests use vitest.unit.config.ts.
 *
 * `--mode=conformance` (`npm run conformance`) runs with only our reporter.
 */
export default defineConfig(({ mode }) => ({
  plugins: [conformance],
  test: {
    include: ['suites/*.suite.ts'],
    reporters: mode === 'conformance' ? [{}] : ['default'],
    // Keeps transformed modules between runs. Without it a run takes 1.3 times as much CPU time.
    experimental: { fsModuleCache: true, fsModuleCachePath: modules },
    sequence: { sequencer: SuiteOrder },
  },
}));
