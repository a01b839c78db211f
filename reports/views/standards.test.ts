import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { beforeAll, describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { reportOfMock, reportOfServer } from '../fixtures/judged-report.ts';
import { cleanReport, HOSTILE, hostileReport, replayedReport } from '../fixtures/made-reports.ts';
import type { Report } from '../report.ts';
import { ctrfReport } from './ctrf.ts';
import { junitXml } from './junit.ts';
import { MARKDOWN_LIMIT, markdownSummary } from './markdown-summary.ts';

const SCHEMA = readFileSync(new URL('../fixtures/junit.xsd', import.meta.url), 'utf8');

const reports = new Map<string, Report>([
  ['a hostile report', hostileReport()],
  ['a clean report', cleanReport()],
  ['a replay', replayedReport()],
]);
beforeAll(async () => {
  reports.set('the mock', await reportOfMock());
  reports.set('a faulty server', await reportOfServer('capitalised-field-names'));
}, 60_000);
const NAMES = ['a hostile report', 'a clean report', 'a replay', 'the mock', 'a faulty server'];
const reportOf = (name: string) => reports.get(name) ?? hostileReport();

const ctrf = new Ajv2020({ strict: true, allErrors: true }).compile(
  JSON.parse(readFileSync(new URL('../fixtures/ctrf.schema.json', import.meta.url), 'utf8')),
);
function ctrfProblems(value: unknown): string[] {
  return ctrf(value) ? [] : (ctrf.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

async function xmlErrors(contents: string): Promise<string[]> {
  const { errors } = await validateXML({ xml: { fileName: 'junit.xml', contents }, schema: SCHEMA });
  return errors.map((error) => error.message);
}

describe('junit.xml', () => {
  test.each(NAMES)('of %s is valid', async (name) => {
    expect(await xmlErrors(junitXml(reportOf(name)))).toEqual([]);
  });

  test.each([
    ['an attribute that is unknown', '<testcase ', '<testcase surplus="1" '],
    ['a failure outside a test case', '<testsuite ', '<failure/><testsuite '],
    ['a suite without its number of tests', ' tests="', ' texts="'],
    ['a time that is no number', ' time="', ' time="x'],
    ['text that is not escaped', 'name="', 'name="&<'],
  ])('is not valid with %s', async (_, from, to) => {
    expect(await xmlErrors(junitXml(cleanReport()).replace(from, to))).not.toEqual([]);
  });

  test('holds no character that XML 1.0 forbids', () => {
    expect(junitXml(hostileReport()) + junitXml(replayedReport())).not.toMatch(
      /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\ufffe\uffff]/u,
    );
  });

  test('counts what its suites hold', () => {
    const xml = junitXml(hostileReport());
    const sum = (name: string) =>
      Array.from(xml.matchAll(new RegExp(`<testsuite .* ${name}="(\\d+)"`, 'g')), (match) => Number(match[1])).reduce(
        (a, b) => a + b,
        0,
      );
    expect({ tests: sum('tests'), failures: sum('failures'), errors: sum('errors'), skipped: sum('skipped') }).toEqual({
      tests: 17,
      failures: 7,
      errors: 4,
      skipped: 3,
    });
    const elements = ['testcase', 'failure', 'error', 'skipped'].map(
      (name) => xml.match(new RegExp(`<${name}[ >]`, 'g'))?.length,
    );
    expect(elements).toEqual([17, 7, 4, 3]);
    expect(xml).toMatch(/<testsuites name="[^"]*" tests="17" failures="7" errors="4"/);
  });
});

describe('ctrf.json', () => {
  test.each(NAMES)('of %s is valid', (name) => {
    const document: unknown = JSON.parse(JSON.stringify(ctrfReport(reportOf(name))));
    expect(ctrfProblems(document)).toEqual([]);
  });

  test('is not valid with another status', () => {
    const text = JSON.stringify(ctrfReport(cleanReport())).replace('"status":"passed"', '"status":"held"');
    expect(ctrfProblems(JSON.parse(text))).toContain(
      '/results/tests/0/status must be equal to one of the allowed values',
    );
  });
});

interface Node {
  readonly type: string;
  readonly value?: string;
  readonly children?: readonly Node[];
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.children ?? []).flatMap(nodesOf)];
}

describe('summary.md', () => {
  // What is linked only after parsing, from any address in a text, no escape can prevent.
  const extensions = gfmFromMarkdown().map(({ transforms: _, ...extension }) => extension);
  const parse = (text: string) =>
    nodesOf(fromMarkdown(text, { extensions: [gfm()], mdastExtensions: extensions }) as Node);

  test.each(NAMES)('of %s has no link, image, HTML or list', (name) => {
    const kinds = new Set(parse(markdownSummary(reportOf(name))).map((node) => node.type));
    const ours = 'root heading paragraph text strong inlineCode code table tableRow tableCell'.split(' ');
    expect([...kinds].filter((kind) => !ours.includes(kind))).toEqual([]);
  });

  test('shows hostile text as it is', () => {
    const report = { ...cleanReport(), summary: `conforms: ${Object.values(HOSTILE).join(' ')}` };
    const [heading] = parse(markdownSummary(report)).filter((node) => node.type === 'heading');
    const shown = nodesOf(heading ?? { type: '' })
      .map((node) => node.value ?? '')
      .join('');
    const visible = `C${report.summary.slice(1)}`
      .replace(
        /(?![\n])[\p{Cc}\p{Cf}\p{Cs}\ufffe]/gu,
        (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
      )
      .replace(/\s+/g, ' ');
    expect(shown).toBe(visible);
  });

  test.each(NAMES)('of %s stays below the limit', (name) => {
    expect(markdownSummary(reportOf(name)).length).toBeLessThanOrEqual(MARKDOWN_LIMIT);
  });

  test('says that it leaves something out', () => {
    const { claims, cases, ...rest } = hostileReport();
    const observed = claims.filter((claim) => claim.level === 'open');
    const many = Array.from({ length: 300 }, (_, index) => ({ ...observed[0], id: `ZZ-${index}` })) as Report['claims'];
    const text = markdownSummary({ ...rest, cases, claims: [...claims, ...many] });
    expect(text.length).toBeLessThanOrEqual(MARKDOWN_LIMIT);
    expect(text.endsWith('More is in report.html and report.json: it does not fit here.\n')).toBe(true);
    expect(text).toContain('#### AU-2');
  });
});
