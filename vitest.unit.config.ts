import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

// Whatever the tests, and the processes that they start, leave in the temporary folder goes with the run.
const temporary = mkdtempSync(join(tmpdir(), 'conformance-tests-'));
process.env['TMPDIR'] = temporary;
process.once('exit', () => rmSync(temporary, { recursive: true, force: true }));

/** Tests that start processes or a browser, or run the whole suite against servers. */
const APART = [
  '**/*.{process,browser}.test.ts',
  'suites/{bench,proof,mock/misbehaviour}/**/*.test.ts',
  'suites/commands/observed-sandbox.test.ts',
  'suites/maintenance/readme.test.ts',
  'suites/judge/customer/{grading/grade-har,properties/judge-property}.test.ts',
  'suites/mock/conformance.test.ts',
  'suites/recording/{canary,commands,replay}.test.ts',
  'suites/runner/{conformance-run,hostile-texts,judge-over-http,run-fuzz,sandbox-behaviour}.test.ts',
  'suites/targets/{bounds,hostile}.test.ts',
];

/** The longest: started last, they would run alone at the end. */
const LONGEST =
  /(?:interrupted|vitest-adapter|canary|page\.browser|proxy-and-tls|sandbox-behaviour|package|judgement|standards)\.(?:\w+\.)?test/;

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isShort = ({ moduleId }: TestSpecification) => Number(!LONGEST.test(moduleId));
    return [...files].sort((one, other) => isShort(one) - isShort(other));
  }
}

/**
 * Three workers for two cores, because many tests wait for a process. Long timeouts, because a busy machine is slow. No
 * isolation: loading the contract and its schemas for each file would take longer than most tests.
 */
const common = {
  pool: 'threads',
  maxWorkers: 4,
  isolate: false,
  testTimeout: 120_000,
  hookTimeout: 120_000,
} as const;

/** The project's own tests, beside the files that they test. They read no .env and use no network. */
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      { test: { ...common, name: 'quick', include: ['{spec,suites,reports}/**/*.test.ts'], exclude: APART } },
      { test: { ...common, name: 'apart', include: APART, exclude: ['node_modules/**', 'reports/out/**', 'dist/**'] } },
    ],
  },
});
