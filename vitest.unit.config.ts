import { defineConfig } from 'vitest/config';

/** Tests that start processes or a browser, that ask whole servers whole suites, or that replace modules. */
const APART = [
  '**/*.{process,browser}.test.ts',
  'suites/{bench,proof,mock/misbehaviour}/**/*.test.ts',
  'suites/commands/first-run.test.ts',
  'suites/judge/customer/grading/grade-har.test.ts',
  'suites/recording/replay.test.ts',
  'suites/runner/{conformance-run,judge-over-http,run-fuzz,sandbox-behaviour}.test.ts',
  'suites/targets/hostile.test.ts',
];

/** Threads, one more than the two cores of a small machine (many tests wait for a process), and time enough for a busy one. */
const common = { pool: 'threads', maxWorkers: 3, testTimeout: 120_000, hookTimeout: 120_000 } as const;

/** The project's own tests: beside the files that they test. They read no .env and stay on this machine. */
export default defineConfig({
  test: {
    projects: [
      // One set of modules for all files of a worker: to load the contract and its schemas takes longer than most tests.
      {
        test: {
          ...common,
          name: 'quick',
          include: ['{spec,suites,reports}/**/*.test.ts'],
          exclude: APART,
          isolate: false,
        },
      },
      { test: { ...common, name: 'apart', include: APART, exclude: ['node_modules/**', 'reports/out/**', 'dist/**'] } },
    ],
  },
});
