import type { Report } from '../report.ts';
import type { ReportTable } from '../tables.ts';
import { cut } from '../terminal.ts';
import { anchor, type Html, html, prose } from './html.ts';

/** Rows that are shown, and characters of a cell; report.json has the whole. */
const SHOWN = 60;
const LONGEST = 400;

/** A table as a section of the page; an id leads to the claim or case of its name. */
export function tableSection({ id, title, intro, head, rows }: ReportTable, { claims, cases }: Report): Html {
  const known = new Set([...claims, ...cases].map((one) => one.id));
  const first = (text: string) =>
    known.has(text) ? html`<a${!text.includes('/') && html` class="id"`} href="#${anchor(text)}">${text}</a>` : text;
  const further = (text: string) => text.split(', ').map((part, index) => html`${index > 0 && ', '}${first(part)}`);
  const body = rows
    .slice(0, SHOWN)
    .map(
      ([name = '', ...cells]) =>
        html`<tr><th scope="row">${first(name)}</th>${cells.map((text, index) => html`<td>${id === 'open' && index !== 1 ? prose(text) : further(cut(text, LONGEST))}</td>`)}</tr>`,
    );
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2><p class="quiet">${intro}</p>
<div class="wide"><table><thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${body}</tbody></table></div>
${rows.length > SHOWN && html`<p>and ${rows.length - SHOWN} more</p>`}</section>`;
}
