import type { Report } from '../report.ts';
import { cut } from '../terminal.ts';
import { anchor } from './anchors.ts';
import { type Html, html, prose } from './html.ts';

/** What the page leaves open: how it can be read, and what this server did. */
export function openSection(report: Report): Html | undefined {
  const open = report.claims.filter((claim) => claim.level === 'open');
  if (open.length === 0) return undefined;
  const titles = new Map(report.cases.map((one) => [one.id, one.title]));
  const blocks = open.map((claim) => {
    const seen = Object.entries(claim.observations ?? {});
    return html`<article class="open"><h3><a class="id" href="#${anchor(claim.id)}">${claim.id}</a> ${prose(claim.reading)}</h3>
<div class="sides"><div><p class="label">Possible readings</p>${
      claim.readings === undefined
        ? html`<p>${prose(claim.observes ?? 'in more than one way')}</p>`
        : html`<ul>${claim.readings.map((reading) => html`<li>${prose(reading)}</li>`)}</ul>`
    }</div>
<div>${
      seen.length === 0
        ? html`<p class="label">Not observed</p><p>${claim.reason}</p>`
        : html`<p class="label">This server, in ${seen.length === 1 ? 'one observation' : `${seen.length} observations`}</p>
<ul>${seen.map(([id, what]) => html`<li><a href="#${anchor(id)}">${titles.get(id) ?? id}</a>: ${cut(what, 400)}</li>`)}</ul>`
    }</div></div>
${claim.note !== undefined && html`<p class="note">${prose(claim.note ?? '')}</p>`}</article>`;
  });
  return html`<section aria-labelledby="open"><h2 id="open">What the page leaves open</h2>
<p class="quiet">The page is silent here, only recommends, or contradicts itself. No server passes or fails by any of it.</p>
${blocks}</section>`;
}
