import type { CaseVerdict } from '../../suites/judge/result.ts';
import type { Report } from '../report.ts';
import type { ReportedCase } from '../reported-case.ts';
import { fullEvidence, shortEvidence } from './exchange.ts';
import { type Html, html } from './html.ts';

/** Whose evidence is wanted most. */
const FIRST: Readonly<Record<CaseVerdict, number>> = {
  fail: 0,
  error: 1,
  waived: 2,
  observed: 3,
  pass: 4,
  'not-run': 5,
};

/**
 * The evidence of every case: in full where there is room, in short else, and where there is no room even for that, only
 * where to find it. Failed cases come first, so that what is left out is what nobody needs to see.
 * @param budget bytes that all of it may take
 */
export function evidenceWithin(report: Report, budget: number): ReadonlyMap<string, Html> {
  const cases = report.cases.filter((one) => one.exchanges.length > 0);
  const wanted = cases.toSorted((a, b) => FIRST[a.verdict] - FIRST[b.verdict]);
  const leftOut = html`<p class="quiet">Left out to keep this page small: see report.json.</p>`;
  const shown = new Map<string, Html>();
  let left = budget - cases.length * bytes(leftOut);
  for (const one of wanted) {
    const short = shortEvidence(one);
    const more = bytes(short) - bytes(leftOut);
    shown.set(one.id, more <= left ? short : leftOut);
    if (more <= left) left -= more;
  }
  for (const one of wanted) {
    const gain = gainOf(one, shown.get(one.id));
    if (gain === undefined || gain.more > left) continue;
    shown.set(one.id, gain.full);
    left -= gain.more;
  }
  return shown;
}

function gainOf(one: ReportedCase, short: Html | undefined): { full: Html; more: number } | undefined {
  if (one.verdict === 'pass') return undefined;
  const marked = new Map<number, string[]>();
  for (const { exchange, pointer } of one.findings)
    marked.set(exchange, [...(marked.get(exchange) ?? []), pointer ?? '']);
  const full = fullEvidence(one, marked);
  return { full, more: bytes(full) - bytes(short ?? html``) };
}

function bytes(text: Html): number {
  return Buffer.byteLength(text.toString());
}
