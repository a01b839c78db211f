import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import SuiteOrder from './suites/runner/suite-order.ts';

/**
 * Where transformed modules are kept: a folder for each state of the lock file. Vitest empties its own folder when the lock
 * file has changed, while it already writes to it, and the first run after an update would end in a file that is gone.
 */
const lock = readFileSync(new URL('package-lock.json', import.meta.url));
const modules = `node_modules/.cache/modules-${createHash('sha256').update(lock).digest('hex').slice(0, 16)}`;

/** The conformance suites. The project's own tests have vitest.unit.config.ts. */
export default defineConfig({
  test: {
    include: ['suites/*.suite.ts'],
    globalSetup: ['suites/runner/global-setup.ts'],
    // `npm run conformance` names the one reporter it wants; whoever calls vitest sees vitest's own beside it.
    reporters: ['default', './reports/vitest-reporter.ts'],
    // One worker for all suites: a live target's bounds (requests a second, at once) hold for the whole run.
    pool: 'threads',
    maxWorkers: 1,
    isolate: false,
    // Transformed modules are kept from run to run by their content: half of a run against the mock was transforming them.
    experimental: { fsModuleCache: true, fsModuleCachePath: modules },
    fileParallelism: false,
    sequence: { sequencer: SuiteOrder },
    // The target queues what is over JUSPAY_CONCURRENCY; this only has to keep its queue filled.
    maxConcurrency: 512,
    // A case ends by the target's own time limit; this is for a defect of ours.
    testTimeout: 3_600_000,
  },
});
