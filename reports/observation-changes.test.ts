import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder } from '../suites/fixtures/new-folder.ts';
import { broken, observed, smallReport } from './fixtures/made-reports.ts';
import { watchObservations } from './observation-changes.ts';
import { readPins, updatePins, writePins } from './observation-pins.ts';
import { reportTables } from './tables.ts';

const folder = newFolder();
const file = join(folder, 'pins.json');

const HOST = 'sandbox.example.test';
const PINS = { [HOST]: { 'GC-5/a': { observation: 'kept', since: '2026-05-02' } } };
const changed = smallReport('live', [{ id: 'RQ-1/a' }, observed('GC-5/a', 'updated')]);

test('another observation is a warning with both texts and dates', () => {
  const report = watchObservations(changed, PINS, false);
  expect(report.verdict).toBe('conforms');
  expect(reportTables(report)).toMatchObject([
    { id: 'changed', rows: [[['GC-5/a'], 'title of GC-5/a', 'kept (2026-05-02)', 'updated (2026-05-20)']] },
  ]);
});

test('another observation fails the run when asked', () => {
  const { verdict, summary } = watchObservations(changed, PINS, true);
  expect(verdict).toBe('does-not-conform');
  expect(summary).toBe('fails: 1 of 1 pinned observations changed; apart from that: conforms: all 0 claims pass');
});

test('a run that does not conform keeps its own reason', () => {
  const report = smallReport('live', [broken('RQ-1/a', 500), observed('GC-5/a', 'updated')]);
  expect(watchObservations(report, PINS, true).summary).toBe(report.summary);
});

test.each([
  ['the same', [observed('GC-5/a', 'kept')]],
  ['none', [broken('GC-5/a', 500)]],
  ['one that is not pinned', [observed('GC-5/b', 'updated')]],
])('%s is no change, strict or not', (_, cases) => {
  const report = smallReport('live', [{ id: 'RQ-1/b' }, ...cases]);
  const watched = watchObservations(report, PINS, true);
  expect(watched).toEqual({ ...report, watch: { pinned: 1, strict: true, changes: [] } });
});

test('pins of another target say nothing', () => {
  const watched = watchObservations(changed, { elsewhere: PINS[HOST] ?? {} }, true);
  expect([watched.verdict, watched.watch]).toEqual(['conforms', { pinned: 0, strict: true, changes: [] }]);
});

test('pins are updated by what was seen otherwise; the rest keeps its day and its place', () => {
  const report = smallReport('live', [observed('GC-5/a', 'kept'), observed('EP-3/a', 'accepted')]);
  const before = { ...PINS, elsewhere: { 'GC-5/a': { observation: 'updated', since: '2025-01-01' } } };
  writePins(updatePins(before, report), file);
  expect(readPins(file)).toEqual({
    ...before,
    [HOST]: { ...PINS[HOST], 'EP-3/a': { observation: 'accepted', since: '2026-05-20' } },
  });
  expect(readFileSync(file, 'utf8').indexOf('EP-3/a')).toBeLessThan(readFileSync(file, 'utf8').lastIndexOf('GC-5/a'));
});

test('what a replay saw was seen on the day of the recording', () => {
  const recording = { recorded: '2026-04-01T09:00:00Z', contractSha256: 'abc', contractChanged: false };
  const replay = { ...changed, target: { kind: 'replay' as const, host: HOST, recording } };
  expect(updatePins({}, replay)[HOST]?.['GC-5/a']?.since).toBe('2026-04-01');
});

test.each([
  ['not JSON', 'juspay-conformance pin REPORT.json FILE'],
  ['[]', 'expected an object of hosts'],
  [
    '{"a":{"GC-5/a":{"observation":"kept"}}}',
    ':1:16: "since" is missing: expected the day on which it did so first, like 2026-03-31',
  ],
])('a file of pins that cannot be used is named: %s', (content, message) => {
  writeFileSync(file, content);
  expect(() => readPins(file)).toThrow(message);
  expect(() => readPins(file)).toThrow(file);
});
