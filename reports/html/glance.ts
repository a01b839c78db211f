import type { Report, ReportedClaim } from '../report.ts';
import { VERDICT_WORDS } from '../words.ts';
import { anchor, type Html, html } from './html.ts';

const GROUPS: Readonly<Record<string, string>> = {
  EP: 'Endpoint',
  AU: 'Access',
  RQ: 'Request',
  RS: 'Response',
  GC: 'Get or create',
  TK: 'Token',
  ER: 'Errors',
};

/** Every claim as a tile with its verdict, grouped by kind, to show at a glance what is wrong. */
export function glance({ claims }: Report): Html | undefined {
  if (claims.length === 0) return undefined;
  const kinds = [...new Set(claims.map(kindOf))];
  return html`<dl class="glance">${kinds.map(
    (kind) =>
      html`<div><dt>${GROUPS[kind] ?? kind}</dt><dd>${claims.filter((claim) => kindOf(claim) === kind).map(tile)}</dd></div>`,
  )}</dl>`;
}

function kindOf({ id }: ReportedClaim): string {
  return id.slice(0, id.indexOf('-'));
}

function tile({ id, verdict, reading }: ReportedClaim): Html {
  const { word, mark } = VERDICT_WORDS[verdict];
  const place = verdict === 'fail' ? `wrong-${anchor(id)}` : anchor(id);
  return html`<a class="tile ${verdict}" href="#${place}" title="${word}: ${reading}">${id} <span aria-hidden="true">${mark}</span><span class="hidden">${word}</span></a> `;
}
