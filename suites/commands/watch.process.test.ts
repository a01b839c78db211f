import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startRun } from '../fixtures/spawned-run.ts';

test('run --watch judges again when a source file changes, and exits on SIGTERM', async () => {
  const main = join(import.meta.dirname, 'main.ts');
  const {
    process: child,
    output,
    ended,
  } = startRun({}, { node: ['--import', 'tsx', main, '--watch', '--claim', 'RS-2'] });
  const verdicts = async (count: number) => {
    const seen = () => `${output().stdout}`.match(/"verdict":"conforms"/g)?.length ?? 0;
    while (seen() < count) {
      if (child.exitCode !== null) throw new Error(`it ended: ${output().stderr}`);
      await new Promise((resolve) => child.stdout?.once('data', resolve));
    }
  };
  await verdicts(1);
  utimesSync(join(import.meta.dirname, 'run.ts'), new Date(), new Date());
  await verdicts(2);
  child.kill('SIGTERM');
  expect(await ended()).toBe(0);
});
