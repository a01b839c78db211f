import { defineConfig } from 'vitest/config';

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
    experimental: { fsModuleCache: true },
    fileParallelism: false,
    // The target queues what is over JUSPAY_CONCURRENCY; this only has to keep its queue filled.
    maxConcurrency: 512,
    // A case ends by the target's own time limit; this is for a defect of ours.
    testTimeout: 3_600_000,
  },
});
