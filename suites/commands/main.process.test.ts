import { spawnSync } from 'node:child_process';
import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { builtCommand } from '../fixtures/built-command.ts';
import { newFolder } from '../fixtures/new-folder.ts';

test('a broken installation exits with 2', () => {
  const folder = join(newFolder(), 'dist');
  // Without the package.json beside it.
  cpSync(dirname(builtCommand()), folder, { recursive: true });
  const { status, stderr } = spawnSync(process.execPath, [join(folder, 'cli.js')], { encoding: 'utf8' });
  expect(status).toBe(2);
  expect(stderr).toContain('error: the suite does not start: Error: ENOENT');
});
