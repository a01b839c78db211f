import type { Report } from '../report.ts';
import { VERDICTS } from '../words.ts';
import { fullEvidence, pointersOf, shortEvidence } from './exchange.ts';
import { type Html, html } from './html.ts';

/**
 * The evidence of every case: in full for those that did not pass, as long as there is room; otherwise in short; without
 * room for that either, only a reference to report.json. The worst cases come first.
 * @param budget maximum bytes of all evidence
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
