import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import type { Plugin } from 'vitest/config';
import { defineConfig } from 'vitest/config';
import { bundle } from './suites/runner/bundle.ts';
import { keepCompiled } from './suites/runner/compiled.ts';
import SuiteOrder from './suites/runner/suite-order.ts';
import { holdUntilJudged } from './suites/runner/until-judged.mjs';

/**
 * Where transformed modules are kept: a folder for each state of the lock file. Vitest empties its own folder when the lock
 * file has changed, while it already writes to it, and the first run after an update would end in a file that is gone.
 */
const lock = ['package-lock.json', 'package.json'].map((name) => new URL(name, import.meta.url)).find(existsSync);
const packages = lock === undefined ? '' : readFileSync(lock);
const modules = `node_modules/.cache/modules-${createHash('sha256').update(packages).digest('hex').slice(0, 16)}`;

// Started by `npx vitest`, which may end before there is a run; its list of the tests is none.
if (/vitest(\.mjs)?$/.test(process.argv[1] ?? '') && process.argv[2] !== 'list') holdUntilJudged();

/** Runs the conformance run in vitest's main process, whatever vitest's flags and variables say. */
function conformance(adapter: string): Plugin {
  return {
    name: 'conformance',
    async configureVitest({ vitest, project }) {
      const { attach } = await vitest.import<typeof import('./suites/runner/vitest-adapter.ts')>(adapter);
      await attach(vitest, [project]);
    },
  };
}

/**
 * The conformance suites. The project's own tests have vitest.unit.config.ts.
 *
 * `--mode=conformance` is for a run that only wants its verdict (`npm run conformance`): the suites from the bundle, and no
 * reporter but ours. Any other mode takes the sources as they are, which watch mode and a debugger need.
 */
export default defineConfig(async ({ mode }) => {
  const bundled = mode === 'conformance' ? await bundle() : undefined;
  if (bundled !== undefined) keepCompiled(`${bundled}/compiled`);
  return {
    plugins: [
      conformance(
        bundled === undefined
          ? `${import.meta.dirname}/suites/runner/vitest-adapter.ts`
          : `${bundled}/suites/runner/vitest-adapter.mjs`,
      ),
    ],
    resolve: {
      alias:
        bundled === undefined
          ? []
          : [{ find: /^\.\/(.+)\.ts$/, replacement: `${bundled.replaceAll('$', '$$$$')}/suites/$1.mjs` }],
    },
    test: {
      include: ['suites/*.suite.ts'],
      reporters: mode === 'conformance' ? [{}] : ['default'],
      // Transformed modules are kept from run to run by their content: transforming them takes longer than judging the mock.
      experimental: { fsModuleCache: true, fsModuleCachePath: modules },
      sequence: { sequencer: SuiteOrder },
    },
  };
});
