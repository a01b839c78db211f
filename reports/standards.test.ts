import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { HtmlValidate } from 'html-validate';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { HOSTILE } from './fixtures/hostile-texts.ts';
import { reportOfServer } from './fixtures/judged-report.ts';
import { cleanReport, hostileReport, replayedReport } from './fixtures/kinds-of-reports.ts';
import { htmlPage } from './html/page.ts';
import { problemsOf, readReport } from './read-report.ts';
import type { Report } from './report.ts';
import { ctrfReport } from './views/ctrf.ts';
import { junitXml } from './views/junit.ts';
import { MARKDOWN_LIMIT, markdownSummary } from './views/markdown-summary.ts';

const SCHEMA = readFileSync(new URL('fixtures/junit.xsd', import.meta.url), 'utf8');
/** Bytes of a page. */
const PAGE_LIMIT = 500_000;

const REPORTS: readonly (readonly [string, Report])[] = [
  ['a hostile report', hostileReport()],
  ['a clean report', cleanReport()],
  ['a replay', replayedReport()],
  ['a report of version 1', readReport(fileURLToPath(new URL('fixtures/report-version-1.json', import.meta.url)))],
  ['a server that fails almost everything', await reportOfServer('capitalised-field-names')],
];

test.each(REPORTS)('report.json of %s fits its schema', (_, report) => {
  expect(problemsOf(JSON.parse(JSON.stringify(report)))).toEqual([]);
});

describe('report.html', () => {
  const validator = new HtmlValidate({
    extends: ['html-validate:recommended', 'html-validate:a11y'],
    rules: {
      // Of taste: the page is written for browsers, and ends its lines where it likes.
      'long-title': 'off',
      'no-trailing-whitespace': 'off',
      // A case's id is its anchor, slash included.
      'valid-id': ['error', { relaxed: true }],
      // The stylesheet and the script are the document's own: there is nothing else that it could load.
      'no-inline-style': 'error',
      'require-sri': 'error',
    },
  });

  /** Without what is no HTML, and with a part of the cases of a large report: as valid, and it takes a tenth of the time. */
  const shortened = ({ cases, ...report }: Report) =>
    htmlPage({ ...report, cases: cases.filter((_, index) => cases.length < 100 || index % 16 === 0) })
      .replace(/(<style>).*(<\/style>)/s, '$1$2')
      .replace(/(<script>).*(<\/script>)/s, '$1$2');

  test.each(REPORTS)('of %s is valid', async (_, report) => {
    const { results } = await validator.validateString(shortened(report));
    const messages = results.flatMap((result) => result.messages);
    expect(messages.map(({ line, column, ruleId, message }) => `${line}:${column} ${ruleId}: ${message}`)).toEqual([]);
  });

  test.each(REPORTS)('of %s loads nothing, has every claim and case, and no link that leads nowhere', (_, report) => {
    const content = htmlPage(report);
    expect(Buffer.byteLength(content)).toBeLessThan(PAGE_LIMIT);
    // What would be an element, were it not escaped, and any element that loads something.
    expect(content).not.toMatch(/<(?:img|iframe|link|object|embed|video|audio|script[^>]*src)[\s>]/i);
    expect(content.match(/<script/g)).toHaveLength(1);
    const ids = Array.from(content.matchAll(/ id="([^"]+)"/g), (match) => match[1]);
    const places = new Set(ids.map((id) => `#${id}`));
    expect(places.size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining([...report.claims, ...report.cases].map((one) => one.id)));
    const links = Array.from(content.matchAll(/ href="([^"]+)"/g), (match) => match[1] ?? '');
    expect(links.filter((link) => !places.has(link))).toEqual([]);
  });
});

const ctrf = new Ajv2020({ strict: true, allErrors: true }).compile(
  JSON.parse(readFileSync(new URL('fixtures/ctrf.schema.json', import.meta.url), 'utf8')),
);
function ctrfProblems(value: unknown): string[] {
  return ctrf(value) ? [] : (ctrf.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

async function xmlErrors(contents: string): Promise<string[]> {
  const { errors } = await validateXML({ xml: { fileName: 'junit.xml', contents }, schema: SCHEMA });
  return errors.map((error) => error.message);
}

describe('junit.xml', () => {
  test.each(REPORTS)('of %s is valid', async (_, report) => {
    expect(await xmlErrors(junitXml(report))).toEqual([]);
  });

  test.each([
    ['an attribute that is unknown', '<testcase ', '<testcase surplus="1" '],
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
  test.each(REPORTS)('of %s is valid', (_, report) => {
    const document: unknown = JSON.parse(JSON.stringify(ctrfReport(report)));
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

  test.each(REPORTS)('of %s has no link, image, HTML or list, and stays below the limit', (_, report) => {
    const text = markdownSummary(report);
    expect(text.length).toBeLessThanOrEqual(MARKDOWN_LIMIT);
    const kinds = new Set(parse(text).map((node) => node.type));
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

  test('says that it leaves something out', () => {
    const { claims, cases, ...rest } = hostileReport();
    const observed = claims.filter((claim) => claim.level === 'open');
    const many = Array.from({ length: 300 }, (_, index) => ({ ...observed[0], id: `ZZ-${index}` })) as Report['claims'];
    const text = markdownSummary({ ...rest, cases, claims: [...claims, ...many] });
    expect(text.length).toBeLessThanOrEqual(MARKDOWN_LIMIT);
    expect(text.endsWith('The rest does not fit here: see report.html and report.json.\n')).toBe(true);
    expect(text).toContain('#### AU-2');
  });
});
