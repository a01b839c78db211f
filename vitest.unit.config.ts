import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['spec/**/*.test.ts', 'suites/**/*.test.ts', 'reports/**/*.test.ts'] },
});
