import { describe, expect, test } from 'vitest';
import { HOSTILE } from '../fixtures/hostile-texts.ts';
import { cleanReport, hostileReport, replayedReport } from '../fixtures/kinds-of-reports.ts';
import { noticesOf } from '../notices.ts';
import type { Report } from '../report.ts';
import { htmlPage } from './page.ts';

const LIMIT = 500_000;

describe('the page', () => {
  const page = htmlPage(hostileReport());

  test('shows hostile text and does not do it', () => {
    expect(page).not.toContain(HOSTILE.html);
    expect(page).toContain('&lt;/pre&gt;&lt;/script&gt;&lt;script&gt;document.title=&quot;taken&quot;&lt;/script&gt;');
    expect(page).not.toMatch(/(?![\n\t])[\p{Cc}\p{Cf}\ufffe]/u);
    expect(page).toContain('user\\u202etxt.exe\\u2066\\u200f\\u061c\\ufeff');
  });

  test('says first what was judged', () => {
    const first = (report: Report) => /<p class="judged">([^<]*)/.exec(htmlPage(report))?.[1]?.trim();
    expect(first(cleanReport())).toBe('Judged the built-in mock: this says nothing about the service itself.');
    expect(first(hostileReport())).toBe('Judged the server at api.test.');
  });

  test('says loudly what weakens the verdict', () => {
    const notices = (report: Report) =>
      Array.from(htmlPage(report).matchAll(/<p class="notice"><strong>Note:<\/strong> ([^<]*)/g), (match) => match[1]);
    expect(notices(hostileReport())).toEqual([
      'The run was interrupted: 1 case was not reached, and the verdict covers only the rest. ' +
        'To continue: juspay-conformance run --only failed, with the same settings.',
      'Part of the suite: 1 of 13 cases were not selected.',
      expect.stringMatching(/^3 cases could not be judged: the call: /),
      'Failing but waived: RQ-2/seven-characters (31 days left).',
      '3 stale waivers fail the run: the waiver of EP-1/post is not needed: it passes; the waiver of AU-2 expired on ' +
        '2026-04-19; the waiver of RS-1/nothing matches no claim or case ' +
        '(juspay-conformance waive REPORT FILE --prune removes what is not needed).',
      expect.stringMatching(
        /^1 pinned observation has changed: EP-3\/json-body “pinned: .*” since 2025-05-02, now “.*”\.$/,
      ),
    ]);
    expect(notices(replayedReport())).toEqual([
      'The contract has changed since the recording was made (it was bad000000000 then): record again.',
      'Part of the suite: 1 of 8 cases were not selected.',
      '1 case is not in the recording and could not be judged: record again.',
      expect.stringMatching(/^1 pinned observation has changed, which fails the run: EP-3\/json-body /),
    ]);
    const partial = { ...hostileReport(), complete: true, interrupted: null, waivers: [] };
    expect(noticesOf(partial)[0]?.text).toBe('Part of the suite: 1 of 13 cases were not selected.');
    const stale = {
      ...cleanReport(),
      contract: { version: '2.0.0', sha256: 'f'.repeat(64) },
      proof: hostileReport().proof,
    };
    expect(noticesOf(stale as Report).map(({ text }) => text)).toEqual([
      'The proof is of another version of the contract: run juspay-conformance prove again.',
    ]);
    expect(notices(cleanReport())).toEqual([]);
  });

  test('has the gravest first, then what most cases show', () => {
    const cards = Array.from(page.matchAll(/id="wrong-([^"]+)"/g), (match) => match[1]);
    expect(cards).toEqual(['AU-2', 'RS-4', 'RS-2', 'ER-1']);
  });

  test('marks what differs, and the place in the body', () => {
    expect(page).toContain('&lt;ann@<mark>E</mark>xample.com&gt;');
    expect(page).toContain('&lt;ann@<mark>e</mark>xample.com&gt;');
    expect(page).toContain('<mark>  &quot;email_address&quot;: &quot;ann@example.com&quot;,</mark>');
  });

  test('lists the parts in the order in which they matter', () => {
    const parts = Array.from(page.matchAll(/<h2 id="([^"]+)"/g), (match) => match[1]);
    expect(parts.join(' ')).toBe(
      'characters wrong changed errors page open facts timeline latency waived not-run glossary',
    );
  });

  test('has the headings of the documentation page in its order, and unknown ones last', () => {
    const graded = page.slice(page.indexOf('id="page"'), page.indexOf('id="open"'));
    const headings = Array.from(graded.matchAll(/<h[34]>([^<]*)/g), (match) => match[1]);
    expect(headings.join(', ')).toBe(
      'Endpoints, Content-Type, Authorization, Basic Auth, Body Parameters, object_reference_id, API Responses, 200, 400, ' +
        'A heading, of another page',
    );
  });

  test('shows how far a property was tried, and how to search again', () => {
    expect(page).toContain('Tried in 5 executions with seed 7.');
    expect(page).toContain('Ended at execution 2 of 5 with seed 7.');
    expect(page).toContain('Found at execution 3 of 5 with seed 7, and shrunk to the smallest that shows it.');
    expect(page).toContain(
      'juspay-conformance run --properties on --seed 7 --runs 5 --case ER-1/property-one-thing-wrong</pre>',
    );
  });

  test('of a replay says what it is of, and neither that something was sent nor how fast it was', () => {
    const replay = htmlPage(replayedReport());
    const facts = replay.slice(replay.indexOf('id="facts"'), replay.indexOf('id="waived"'));
    expect(facts).toContain('<dt>Recorded</dt><dd>2025-05-02 10:11:12 UTC, under another contract (bad000000000)</dd>');
    expect(facts).toContain('<dt>Traffic</dt><dd>8 exchanges replayed (none sent)</dd>');
    expect(facts).not.toMatch(/<dt>(?:Customers|Settings)</);
    expect(replay).not.toContain('id="latency"');
    expect(replay).toContain('<code>JUSPAY_BASE_URL</code>');
    expect(replay).toContain('not in the recording, 12.3 ms');
  });

  test('says how each claim was proved', () => {
    expect(page).toContain('<dd>the suite finds 3 of 3 servers that break it on purpose</dd>');
  });

  test('says why it leaves evidence out, rather than growing', () => {
    const [first] = hostileReport().cases;
    if (first === undefined) throw new Error('the fixture has no case');
    const { exchanges } = first;
    const cases = Array.from({ length: 600 }, (_, index) => ({
      ...first,
      id: `EP-1/${index}`,
      exchanges: [...exchanges, ...exchanges],
    }));
    const [claim] = cleanReport().claims;
    const claims = claim === undefined ? [] : [{ ...claim, cases: cases.map((one) => one.id) }];
    const large = htmlPage({ ...cleanReport(), claims, cases });
    expect(Buffer.byteLength(large)).toBeLessThan(LIMIT);
    expect(large).toContain('Left out to keep this page small: see report.json.');
  });
});
