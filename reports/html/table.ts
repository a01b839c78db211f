import type { Report } from '../report.ts';
import type { Cell, ReportTable } from '../tables.ts';
import { cut } from '../terminal.ts';
import { anchor, type Html, html, prose } from './html.ts';

/** Maximum rows, and maximum characters of a cell; report.json has everything. */
const SHOWN = 60;
const LONGEST = 400;

/** A table as a section of the page; ids link to their claim or case. */
export function tableSection({ id, title, intro, head, rows }: ReportTable, { claims, cases }: Report): Html {
  const kinds = new Map([...claims, ...cases].map((one) => [one.id, 'level' in one ? html` class="id"` : '']));
  const link = (one: string) => (kinds.has(one) ? html`<a${kinds.get(one)} href="#${anchor(one)}">${one}</a>` : one);
  const shown = (cell: Cell, index: number) => {
    if (typeof cell !== 'string') return cell.map((one, at) => html`${at > 0 && ', '}${link(one)}`);
    return id === 'open' && index !== 1 ? prose(cell) : cut(cell, LONGEST);
  };
  const body = rows
    .slice(0, SHOWN)
    .map(
      ([name = '', ...cells]) =>
        html`<tr><th scope="row">${shown(name, 0)}</th>${cells.map((cell, index) => html`<td>${shown(cell, index)}</td>`)}</tr>`,
    );
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2><p class="quiet">${intro}</p>
<div class="wide"><table><thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${body}</tbody></table></div>
${rows.length > SHOWN && html`<p>and ${rows.length - SHOWN} more</p>`}</section>`;
}
