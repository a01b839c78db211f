import { utimesSync } from 'node:fs';
import { expect, test } from 'vitest';
import { builtCommand } from '../fixtures/built-command.ts';
import { startRun } from '../fixtures/spawned-run.ts';

test('run --watch judges again when a source file changes, and exits on SIGTERM', async () => {
  const command = builtCommand();
  const { process: child, output, ended } = startRun({}, { node: [command, '--watch', '--claim', 'RS-2'] });
  const verdicts = async (count: number) => {
    const seen = () => `${output().stdout}`.match(/"verdict":"conforms"/g)?.length ?? 0;
    while (seen() < count) {
      if (child.exitCode !== null) throw new Error(`it ended: ${output().stderr}`);
      await new Promise((resolve) => child.stdout?.once('data', resolve));
    }
  };
  await verdicts(1);
  utimesSync(command, new Date(), new Date());
  await verdicts(2);
  child.kill('SIGTERM');
  expect(await ended()).toBe(0);
});
