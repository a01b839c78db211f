import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { bareEnvironment } from '../fixtures/bare-environment.ts';
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

test('a reader that leaves before anything is printed changes neither the exit code nor prints a stack', async () => {
  const child = spawn(process.execPath, [builtCommand(), 'explain', 'RQ-10'], {
    env: bareEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.destroy();
  let stderr = '';
  child.stderr.on('data', (piece) => {
    stderr += String(piece);
  });
  const [code] = await once(child, 'close');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});
