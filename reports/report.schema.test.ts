import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { hostileReport, replayedReport } from './fixtures/hostile-report.ts';
import { reportOfMock, reportOfServer } from './fixtures/judged-report.ts';
import { problemsOf, readReport } from './read-report.ts';
import type { Report } from './report.ts';

/** A copy that can be changed at will. */
function copyOf(report: Report): Record<string, unknown> & { claims: Record<string, unknown>[] } {
  return JSON.parse(JSON.stringify(report));
}

describe('report.schema.json', () => {
  let mock: Report;
  beforeAll(async () => {
    mock = await reportOfMock();
  });

  test('accepts the report of a run against the mock', () => expect(problemsOf(mock)).toEqual([]));

  test.each([undefined, 'token-only-on-creation', 'html-content-type', 'capitalised-field-names'] as const)(
    'accepts the report of a run against a server with the fault %s',
    async (fault) => expect(problemsOf(copyOf(await reportOfServer(fault)))).toEqual([]),
  );

  test.each([hostileReport, replayedReport])('accepts a report with every optional part: %o', (make) =>
    expect(problemsOf(copyOf(make()))).toEqual([]),
  );

  test('rejects a replay that does not say of what, and a recording where nothing was replayed', () => {
    const { target, ...rest } = copyOf(replayedReport());
    const { recording, ...bare } = target as Report['target'];
    expect(problemsOf({ ...rest, target: bare })).toContain("/target must have required property 'recording'");
    expect(problemsOf({ ...copyOf(mock), target: { ...mock.target, recording } })).toContain(
      '/target/recording boolean schema is false',
    );
  });

  test('rejects a verdict of what was not reached', () => {
    const wrong = { ...hostileReport(), cases: [{ ...hostileReport().cases[0], unreached: true }] };
    expect(problemsOf(wrong)).toContain('/cases/0/verdict must be equal to constant');
  });

  test.each(Object.keys(hostileReport()).filter((key) => !['waivers', 'proof', 'watch'].includes(key)))(
    'rejects a report without %s',
    (key) => {
      const { [key]: _, ...rest } = copyOf(mock);
      expect(problemsOf(rest)).toEqual([`the whole must have required property '${key}'`]);
    },
  );

  test.each([hostileReport, replayedReport])('rejects unknown fields at every depth: %o', (make) => {
    const wrong = copyOf(make());
    const places: string[] = [];
    const visit = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, item] of Object.entries(value)) visit(item, `${path}/${key}`);
      if (Array.isArray(value) || /\/(headers|observations|byClaim|values|changed|fields|words)$/.test(path)) return;
      places.push(path);
      Object.assign(value, { surplus: 1 });
    };
    visit(wrong, '');
    const told = problemsOf(wrong).filter((problem) => problem.endsWith(': "surplus"'));
    expect(told.map((problem) => problem.split(' ')[0]?.replace(/^the$/, '')).sort()).toEqual(places.sort());
  });

  test('rejects a misspelt verdict', () => {
    const wrong = copyOf(mock);
    Object.assign(wrong.claims[0] ?? {}, { verdict: 'passed' });
    expect(problemsOf(wrong)).toEqual(['/claims/0/verdict must be equal to one of the allowed values']);
  });
});

describe('reading a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
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
    expect(() => readReport(file)).toThrow(`${file} cannot be read: `);
  });

  test('says what is wrong, and how much more there is', () => {
    const file = write('empty.json', '{}');
    expect(() => readReport(file)).toThrow(
      new RegExp(`^${file} is not a report of a conformance run:\n {2}- the whole must have .* and 10 more$`, 's'),
    );
  });
});
