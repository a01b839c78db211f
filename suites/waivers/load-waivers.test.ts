import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { newFolder } from '../fixtures/new-folder.ts';
import { loadWaivers } from './load-waivers.ts';
import type { Waiver } from './waiver.ts';

const TODAY = '2030-06-15';

function load(text: string, host = 'sandbox.juspay.in'): readonly Waiver[] {
  const file = join(newFolder(), 'waivers.yaml');
  writeFileSync(file, text);
  return loadWaivers(file, host, TODAY).waivers;
}

describe('the file', () => {
  const good = `
sandbox.juspay.in:
  - id: RQ-7/comma
    reason: accepted since 2029
    owner: https://tickets.example/42
    expires: 2030-06-15
  - { id: GC-2, cases: [GC-2/one], reason: known, owner: payments, expires: 2030-06-14 }
Mock: []
`;

  test('is read for one target, with the number of days left', () => {
    const own = { reason: 'accepted since 2029', owner: 'https://tickets.example/42', expires: '2030-06-15' };
    expect(load(good)).toEqual([
      { id: 'RQ-7/comma', ...own, daysLeft: 0 },
      { id: 'GC-2', cases: ['GC-2/one'], reason: 'known', owner: 'payments', expires: '2030-06-14', daysLeft: -1 },
    ]);
    expect(load(good, 'mock')).toEqual([]);
    expect(load(good, 'api.example.com')).toEqual([]);
    expect(load('# nothing yet\n')).toEqual([]);
  });

  test('errors name line and column of every problem, including other targets’', () => {
    const text = `
sandbox.juspay.in:
  - id: RQ-*
    reason: ''
    owner: 7
    until: 2030-01-01
  - id: RQ-7/comma
    expires: 2030-02-30
  - { id: GC-1, cases: [x], reason: r, owner: o, expires: 2030-07-01 }
  - RQ-8
other.example:
  RQ-1: x
`;
    const problems = [
      '3:5: "expires" is missing: expected the last day on which it applies, like 2026-03-31',
      '3:9: "id" is "RQ-*": expected one claim, like RQ-7, or one case, like RQ-7/comma; wildcards are not allowed',
      '4:13: "reason" is empty: expected a sentence on why this deviation is accepted',
      '5:12: "owner" is 7: expected the name of who is responsible',
      '6:5: "until" is unknown: expected id, cases, reason, owner, expires',
      '7:5: "reason" is missing: expected a sentence on why this deviation is accepted',
      '7:5: "owner" is missing: expected the name of who is responsible',
      '8:14: "expires" is "2030-02-30": expected the last day on which it applies, like 2026-03-31',
      '9:25: item 1 is "x": expected the id of a case, like RQ-7/comma',
      '10:5: item 4 is "RQ-8": expected a waiver: id, cases, reason, owner, expires',
      '12:3: "other.example" is an object: expected a list of waivers',
    ];
    const told = (thrown: unknown) => String((thrown as Error).message).replaceAll(/ \S*waivers\.yaml:/g, ' ');
    const message = ['the waivers cannot be used:', ...problems.map((problem) => `  - ${problem}`)].join('\n');
    expect(() => load(text)).toThrow(expect.toSatisfy((thrown) => told(thrown) === message));
  });

  test.each([
    ['a: [', /waivers\.yaml:1:5: /],
    ['- id: RQ-1', /waivers\.yaml:1:1: it is a list: expected a mapping from hosts to lists of waivers$/],
    ['a: []\na: []', /waivers\.yaml:2:1: Map keys must be unique$/],
    [
      'h:\n  - &a { id: RQ-1, reason: r, owner: o, expires: 2030-07-01 }\n  - *a',
      /waivers\.yaml:3:5: item 2 repeats the id of an earlier item: RQ-1$/,
    ],
    [
      'h:\n  - { id: RQ-1/x, cases: [RQ-1/y], reason: r, owner: o, expires: 2030-07-01 }',
      /waivers\.yaml:2:26: "cases" is a list: expected no such key, because the id is already a case$/,
    ],
    [
      'h:\n  - id: RQ-1',
      /waivers\.yaml:2:5: "reason" is missing: .*\n.*2:5: "owner" is missing: .*\n.*2:5: "expires" is missing: /,
    ],
  ])('%j is rejected', (text, message) => {
    expect(() => load(text)).toThrow(message);
  });

  test('an error names a missing file', () => {
    expect(() => loadWaivers('/nonexistent/waivers.yaml', 'mock', TODAY)).toThrow(
      /^the waivers cannot be used:\n {2}- \/nonexistent\/waivers\.yaml cannot be read: there is no such file/,
    );
  });
});

test('the example in the docs is valid', () => {
  const text = readFileSync(join(import.meta.dirname, '../targets/README.md'), 'utf8');
  const [, example = ''] = /```yaml\n([\s\S]*?)```/.exec(text) ?? [];
  expect(load(example)).toHaveLength(2);
});
