import { parseCLI, startVitest } from 'vitest/node';

/**
 * Runs the conformance suites once and exits with 0 (conforms), 1 (does not conform) or 2 (could not judge).
 * Arguments are vitest's: `npm run conformance -- -t RQ-2`.
 */
async function main(args: readonly string[]): Promise<void> {
  const { filter, options } = parseCLI(['vitest', 'run', ...args]);
  const vitest = await startVitest('test', filter, {
    ...options,
    watch: false,
    reporters: options.reporters ?? ['./reports/vitest-reporter.ts'],
  });
  await vitest?.close();
}

await main(process.argv.slice(2));
