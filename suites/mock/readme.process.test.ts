import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test, vi } from 'vitest';
import { startMockProcess } from '../fixtures/mock-process.ts';
import { readFaultSpec, readReference } from './misbehaviour/named.ts';
import { mockOptionRows } from './options.ts';
import { ADMIN_PATH } from './server/admin.ts';
import { DEFAULT_LIMIT } from './server/memory-store.ts';
import { DEFAULT_PORT, MOCK_FLAGS, readMockSettings } from './server/settings.ts';

vi.setConfig({ testTimeout: 60_000 });

const README = readFileSync(new URL('README.md', import.meta.url), 'utf8');
const ADDRESS = `http://127.0.0.1:${DEFAULT_PORT}`;

// package.process.test.ts runs the JavaScript snippets, because it installs the package.

test.skipIf(spawnSync('curl', ['--version']).status !== 0)('the curl command works as it stands', async () => {
  const [, command = ''] = /```sh\n(curl .*?)```/s.exec(README) ?? [];
  expect(command).toContain(ADDRESS);
  const mock = await startMockProcess([]);
  try {
    const here = command.replace(ADDRESS, mock.url).replace('curl ', "curl --silent --noproxy '*' ");
    const { stdout } = await promisify(execFile)('sh', ['-c', here]);
    expect(JSON.parse(stdout)).toMatchObject({ object: 'customer', juspay: {} });
  } finally {
    await mock.stop();
  }
});

test('every flag, fault and reference in it is valid', () => {
  const options = [...README.matchAll(/`(?:juspay-conformance mock |npm run mock -- )?(--[a-z][^`]*)`/g)].map(
    ([, text = '']) => text,
  );
  expect(options.length).toBeGreaterThan(7);
  for (const option of options) {
    const [flag = '', value = '1'] = option.replaceAll("'", '').split(' ');
    if (flag === '--help') continue;
    expect(MOCK_FLAGS.map(([flags]) => flags.split(' ')[0])).toContain(flag);
    expect(() => readMockSettings({ [flag.slice(2)]: value }, {}), option).not.toThrow();
    if (flag === '--fault') expect(() => readFaultSpec(value), option).not.toThrow();
  }
  const [, header = ''] = /x-mock-fault: ([^`]+)`/.exec(README) ?? [];
  expect(readFaultSpec(header)).toMatchObject({ fault: { act: expect.any(Function) } });
  const [, reference = ''] = /`(fault-[^`]+)`/.exec(README) ?? [];
  expect(readReference(reference)).toMatchObject({ fault: { act: expect.any(Function) } });
});

test('its table of options matches the code', () => {
  const rows = mockOptionRows().map(
    ({ name, values, usual, claim, help }) =>
      `| \`${name}\` | ${values
        .split('|')
        .map((value) => (value === usual ? `**${value}**` : value))
        .join(', ')}${values.includes('..') ? ` (**${usual}**)` : ''} | ${claim} | ${help} |`,
  );
  const table = ['| option | values, **default** | claim | what it decides |', '|---|---|---|---|', ...rows].join('\n');
  const [, printed = ''] = /<!-- options -->\n(.*?)\n?<!-- \/options -->/s.exec(README) ?? [];
  expect(printed).toBe(table);
});

test('its numbers and paths match the code', () => {
  expect(README).toContain(`${DEFAULT_LIMIT.toLocaleString('en-US')} customers`);
  expect(README).toContain(`\`GET ${ADMIN_PATH}\``);
  expect(README).toContain(`\`DELETE ${ADMIN_PATH}\``);
  for (const [, path = ''] of README.matchAll(/\]\((\.[^)]+)\)/g)) {
    expect(existsSync(new URL(path, import.meta.url)), path).toBe(true);
  }
});
