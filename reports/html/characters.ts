import { type Cell, type CellState, characterMatrix, characterName } from '../character-matrix.ts';
import type { Report } from '../report.ts';
import { anchor } from './anchors.ts';
import { type Html, html } from './html.ts';

const SIGNS: Readonly<Record<CellState, string>> = {
  accepted: '✓',
  refused: '✗',
  changed: '≠',
  mixed: '±',
  undecided: '·',
};

/** Which characters the server takes in which field, and where the contract says otherwise. */
export function charactersSection(report: Report): Html | undefined {
  const matrix = characterMatrix(report);
  if (matrix === undefined) return undefined;
  const { columns, rows } = matrix;
  const waived = new Set(report.cases.filter(({ verdict }) => verdict === 'waived').map(({ id }) => id));
  const head = columns.map(
    (column) =>
      html`<th scope="col"${characterName(column).length > 1 && html` class="long"`}><span>${characterName(column)}</span></th>`,
  );
  const body = rows.map(
    ({ field, cells }) =>
      html`<tr><th scope="row">${field}</th>${columns.map((column) => cell(cells.get(column), column, waived))}</tr>`,
  );
  const sentences = rows.flatMap(({ field, sentences: own }) =>
    own.map((sentence) => html`<li><strong>${field}</strong>: ${sentence}</li>`),
  );
  return html`<section aria-labelledby="characters" class="${sentences.length > 0 ? 'wrong' : 'right'}"><h2 id="characters">Characters</h2>
${
  sentences.length > 0
    ? html`<ul class="others wrong-characters">${sentences}</ul>`
    : html`<p>Every character that was decided is treated as the documentation says.</p>`
}
<section class="wide" tabindex="0" aria-label="Which characters are accepted"><table class="matrix"><thead><tr><th scope="col">Field</th>${head}</tr></thead><tbody>${body}</tbody></table></section>
<p class="quiet">${SIGNS.accepted} accepted, ${SIGNS.refused} refused, ${SIGNS.changed} accepted but changed, ${SIGNS.mixed} some of each,
${SIGNS.undecided} not decided. A filled cell is not what the documentation says; it leads to the case that shows it.</p></section>`;
}

function cell(found: Cell | undefined, column: string, waived: ReadonlySet<string>): Html {
  const state = found?.state ?? 'undecided';
  if (found?.wrong === undefined) {
    return html`<td class="${state}"><span aria-hidden="true">${SIGNS[state]}</span><span class="hidden">${state}</span></td>`;
  }
  const { claim, id } = found.wrong;
  const isWaived = waived.has(id);
  const name = `${characterName(column)} ${state}, against ${claim}${isWaived ? ', waived' : ''}`;
  return html`<td class="${isWaived ? 'waived' : 'wrong'}"><a href="#${anchor(id)}" aria-label="${name}">${SIGNS[state]}</a></td>`;
}
