import type { Report } from '../report.ts';
import { VERDICTS } from '../words.ts';
import { fullEvidence, pointersOf, shortEvidence } from './exchange.ts';
import { type Html, html } from './html.ts';

/**
 * The evidence of every case: of one that passed in short, of others in full. Where there is no room for that, only where to
 * find it; what needs somebody comes first, so that what is left out is what nobody needs to see.
 * @param budget bytes that all of it may take
 */
export function evidenceWithin(report: Report, budget: number): ReadonlyMap<string, Html> {
  const cases = report.cases
    .filter((one) => one.exchanges.length > 0)
    .toSorted((a, b) => VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict));
  const leftOut = html`<p class="quiet">Left out to keep this page small: see report.json.</p>`;
  let left = budget - cases.length * bytes(leftOut);
  return new Map(
    cases.map((one) => {
      const versions = [
        ...(one.verdict === 'pass' ? [] : [fullEvidence(one, pointersOf(one.findings))]),
        shortEvidence(one),
      ];
      // Half of the room is for the evidence in short of the cases that follow.
      const fits = versions.find((version, index) => bytes(version) <= (index < versions.length - 1 ? left / 2 : left));
      left -= fits === undefined ? 0 : bytes(fits) - bytes(leftOut);
      return [one.id, fits ?? leftOut];
    }),
  );
}

function bytes(text: Html): number {
  return Buffer.byteLength(text.toString());
}
