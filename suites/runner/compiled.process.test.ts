import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import nodeModule from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bareEnvironment } from '../fixtures/bare-environment.ts';
import { newFolder } from '../fixtures/new-folder.ts';

const CODE = `
  import { Worker } from 'node:worker_threads';
  import { keepCompiled } from './suites/runner/compiled.ts';
  keepCompiled(process.argv[1]);
  await import('ajv/dist/2020.js');
  new Worker('process.stdout.write(String(process.env.NODE_COMPILE_CACHE))', { eval: true });
`;

/** Runs it in a process of its own, as a run's first thread would. @returns what a worker of it is told */
function keep(folder: string, variables: Readonly<Record<string, string>> = {}): string {
  const args = ['--import', 'tsx', '--input-type=module', '--eval', CODE, folder];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    env: bareEnvironment(variables),
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  return stdout;
}

test('compiled code is kept where this Node.js can, and the worker is told', () => {
  const folder = join(newFolder(), 'compiled');
  expect(keep(folder)).toBe(folder);
  expect(existsSync(folder) && readdirSync(folder).length > 0).toBe('enableCompileCache' in nodeModule);
});

test('a folder that somebody named stays', () => {
  const [folder, named] = [join(newFolder(), 'compiled'), join(newFolder(), 'named')];
  expect(keep(folder, { NODE_COMPILE_CACHE: named })).toBe(named);
  expect(existsSync(folder)).toBe(false);
});
