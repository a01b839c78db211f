import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { CREDENTIALS_IN_WORDS } from '../suites/cases/credentials.ts';
import { newFolder } from '../suites/fixtures/new-folder.ts';
import { cleanReport, hostileReport, replayedReport } from './fixtures/kinds-of-reports.ts';
import { problemsOf, readReport } from './read-report.ts';
import type { Report } from './report.ts';
import { fromVersion1 } from './version-1.ts';
import { consoleText } from './views/console.ts';
import { writeReports } from './views/write.ts';

/** A copy that can be changed at will. */
function copyOf(report: Report): Record<string, unknown> & { claims: Record<string, unknown>[] } {
  return JSON.parse(JSON.stringify(report));
}

describe('report.schema.json', () => {
  const mock = cleanReport();

  test('knows every kind of credentials', () => {
    const { exchanges = [], ...testCase } = hostileReport().cases[0] ?? {};
    const kinds = Object.keys(CREDENTIALS_IN_WORDS).map((credentials) => ({ ...exchanges[0], credentials }));
    expect(problemsOf({ ...copyOf(hostileReport()), cases: [{ ...testCase, exchanges: kinds }] })).toEqual([]);
  });

  test('accepts a replay whose recording was not read, and rejects a recording where nothing was replayed', () => {
    const { target, ...rest } = copyOf(replayedReport());
    const { recording, ...bare } = target as Report['target'];
    expect(problemsOf({ ...rest, target: bare })).toEqual([]);
    expect(problemsOf({ ...copyOf(mock), target: { ...mock.target, recording } })).toContain(
      'target.recording is an object: it must not be there',
    );
  });

  test('rejects a verdict of what was not reached', () => {
    const wrong = { ...hostileReport(), cases: [{ ...hostileReport().cases[0], notRun: 'not-reached' }] };
    expect(problemsOf(wrong)).toContain('cases.0.notRun is "not-reached": it must not be there');
  });

  test.each(Object.keys(hostileReport()).filter((key) => !['waivers', 'proof', 'watch'].includes(key)))(
    'rejects a report without %s',
    (key) => {
      const { [key]: _, ...rest } = copyOf(mock);
      expect(problemsOf(rest)).toEqual([`${key} is missing`]);
    },
  );

  test.each([hostileReport, replayedReport])('rejects unknown fields at every depth: %o', (make) => {
    const wrong = copyOf(make());
    const places: string[] = [];
    const visit = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, item] of Object.entries(value)) visit(item, `${path}${key}.`);
      if (Array.isArray(value) || /\b(headers|observations|byClaim|values|changed|fields|words)\.$/.test(path)) return;
      places.push(`${path}surplus`);
      Object.assign(value, { surplus: 1 });
    };
    visit(wrong, '');
    const told = problemsOf(wrong).filter((problem) => problem.includes('surplus is unknown: '));
    expect(told.map((problem) => problem.split(' ')[0]).sort()).toEqual(places.sort());
  });

  test('rejects a misspelt verdict', () => {
    const wrong = copyOf(mock);
    Object.assign(wrong.claims[0] ?? {}, { verdict: 'passed' });
    expect(problemsOf(wrong)).toEqual([
      'claims.0.verdict is "passed": expected pass, fail, waived, observed, error, not-run',
    ]);
  });
});

describe('a report of version 1', () => {
  const old = readReport(fileURLToPath(new URL('fixtures/report-version-1.json', import.meta.url)));

  test('is read, with its old names in the new words', () => {
    expect(old).toMatchObject({ schemaVersion: 2, target: { kind: 'live' }, interrupted: 'unfinished' });
    expect(old.cases.map(({ verdict, notRun }) => [verdict, notRun])).toContainEqual(['not-run', 'not-reached']);
    expect(old.counts).toMatchObject({ waived: 1, total: 7 });
    expect(old.claims.map(({ id, decided }) => [id, decided])).toContainEqual(['AU-2', { cases: 1, of: 1 }]);
    expect(old.cases.flatMap(({ findings }) => findings.map(({ code }) => code))).toEqual([
      'AU-2/status-200',
      'RQ-2/status-200',
    ]);
    expect(old.notices.map(({ code }) => code)).toEqual(['interrupted', 'partial', 'error', 'waived']);
  });

  test('gives every view', async () => {
    const files = await writeReports(old, newFolder());
    expect(files).toHaveLength(6);
    expect(consoleText(old, { colour: false, columns: 80 })).toContain('AU-2 fails: ');
  });

  test('of the wrong form is told as such', () => {
    const [problem] = problemsOf(fromVersion1({ schemaVersion: 1, cases: [null] }));
    expect(problem).toMatch(/^\w+ is missing$/);
  });
});

describe('reading a file', () => {
  const folder = newFolder();
  const write = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };

  test('gives back what was written', () => {
    const report = copyOf(hostileReport());
    expect(readReport(write('whole.json', JSON.stringify(report)))).toEqual(report);
  });

  test('says that a report is cut off', () => {
    const file = write('cut.json', JSON.stringify(hostileReport()).slice(0, 1000));
    expect(() => readReport(file)).toThrow(`${file} is not JSON: `);
  });

  test('says what is wrong, and how much more there is', () => {
    const file = write('empty.json', '{}');
    expect(() => readReport(file)).toThrow(
      new RegExp(
        `^${file} is not a report of a conformance run:\n {2}- schemaVersion is missing\n.* and 13 more$`,
        's',
      ),
    );
  });
});
