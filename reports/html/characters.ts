import { type Cell, type CellState, characterMatrix, characterName, type Matrix } from '../character-matrix.ts';
import type { Report } from '../report.ts';
import { anchor, type Html, html } from './html.ts';

const SIGNS: Readonly<Record<CellState, string>> = {
  accepted: '✓',
  refused: '✗',
  changed: '≠',
  mixed: '±',
  undecided: '·',
};

/** What a filled cell means. */
const WRONG: readonly (readonly [state: CellState, was: string, otherwise: string])[] = [
  ['accepted', 'accepted', 'must be refused'],
  ['refused', 'refused', 'must be accepted'],
  ['changed', 'accepted', 'come back changed'],
];

/** Which characters the server accepts in which field, and where the documentation says otherwise. */
export function charactersSection(report: Report): Html | undefined {
  const matrix = characterMatrix(report);
  if (matrix === undefined) return undefined;
  const waived = new Set(report.cases.filter(({ verdict }) => verdict === 'waived').map(({ id }) => id));
  const wrong = matrix.rows.flatMap(({ cells }) => [...cells.values()].filter((cell) => cell.wrong !== undefined));
  const kinds = WRONG.filter(([state]) => wrong.some((cell) => cell.state === state));
  const [first] = kinds;
  const title = kinds.length === 1 && first !== undefined ? `Characters ${first[1]} that ${first[2]}` : 'Characters';
  const legend = kinds.flatMap(([state, was, otherwise]) =>
    [false, true]
      .filter((isWaived) => wrong.some((one) => one.state === state && isWaivedIn(waived, one) === isWaived))
      .map(
        (isWaived) =>
          html`<span class="swatch ${isWaived ? 'waived' : 'wrong'}" aria-hidden="true">${SIGNS[state]}</span> <strong>${was}, ${otherwise}${isWaived && ' (waived)'}</strong> `,
      ),
  );
  const sentences = matrix.rows.flatMap((row) =>
    row.sentences.map((sentence) => html`<li>${row.field}: ${sentence}</li>`),
  );
  return html`<section aria-labelledby="characters" class="${kinds.length > 0 ? 'wrong' : 'right'}"><h2 id="characters">${title}</h2>
<p class="key-to-signs">${legend}
<span class="quiet">${kinds.length > 0 ? 'As documented' : 'Everything that was decided is as documented'}: ${SIGNS.accepted} accepted, ${SIGNS.refused} refused, ${SIGNS.mixed} some of each; ${SIGNS.undecided} not decided.</span></p>
${table(matrix, waived)}${sentences.length > 0 && html`<details><summary>In words</summary><ul class="others">${sentences}</ul></details>`}</section>`;
}

function table({ columns, rows }: Matrix, waived: ReadonlySet<string>): Html {
  const head = columns.map(characterName).map((name) => {
    return html`<th scope="col"${name.length > 1 && html` class="long"`}><span>${name}</span></th>`;
  });
  return html`<section class="wide" tabindex="0" aria-label="Which characters are accepted"><table class="matrix"><thead><tr><th scope="col">Field</th>${head}</tr></thead>
<tbody>${rows.map(
    ({ field, cells }) =>
      html`<tr><th scope="row">${field}</th>${columns.map((column) => cell(cells.get(column), characterName(column), waived))}</tr>`,
  )}</tbody></table></section>`;
}

function cell(found: Cell | undefined, name: string, waived: ReadonlySet<string>): Html {
  const state = found?.state ?? 'undecided';
  if (found?.wrong === undefined) {
    return html`<td class="${state}"><span aria-hidden="true">${SIGNS[state]}</span><span class="hidden">${state}</span></td>`;
  }
  const { claim, id } = found.wrong;
  const isWaived = isWaivedIn(waived, found);
  const label = `${name} ${state}, against ${claim}${isWaived ? ', waived' : ''}`;
  return html`<td class="${isWaived ? 'waived' : 'wrong'}"><a href="#${anchor(id)}" aria-label="${label}">${SIGNS[state]}</a></td>`;
}

function isWaivedIn(waived: ReadonlySet<string>, { wrong }: Cell): boolean {
  return wrong !== undefined && waived.has(wrong.id);
}
