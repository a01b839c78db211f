import type { Report } from '../report.ts';
import { VERDICTS } from '../words.ts';
import { fullEvidence, pointersOf, shortEvidence } from './exchange.ts';
import { type Html, html } from './html.ts';

/**
 * The evidence of every case: of those that did not pass in full where there is room, of all in short else, and where there is
 * no room even for that, only where to find it. What needs somebody comes first.
 * @param budget bytes that all of it may take
 */
export function evidenceWithin(report: Report, budget: number): ReadonlyMap<string, Html> {
  const cases = report.cases
    .filter((one) => one.exchanges.length > 0)
    .toSorted((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict));
  const leftOut = html`<p class="quiet">Left out to keep this page small: see report.json.</p>`;
  const shown = new Map(cases.map(({ id }) => [id, leftOut]));
  let left = budget - cases.length * bytes(leftOut);
  const showWhereItFits = (id: string, evidence: Html) => {
    const more = bytes(evidence) - bytes(shown.get(id) ?? leftOut);
    if (more > left) return;
    shown.set(id, evidence);
    left -= more;
  };
  for (const one of cases) showWhereItFits(one.id, shortEvidence(one));
  for (const one of cases.filter(({ verdict }) => verdict !== 'pass'))
    showWhereItFits(one.id, fullEvidence(one, pointersOf(one.findings)));
  return shown;
}

function bytes(text: Html): number {
  return Buffer.byteLength(text.toString());
}
