import { defineConfig } from 'vitest/config';

/** The project's own tests: beside the files that they test. They read no .env and stay on this machine. */
export default defineConfig({
  test: {
    include: ['{spec,suites,reports}/**/*.test.ts'],
    pool: 'threads',
    testTimeout: 60_000,
  },
});
