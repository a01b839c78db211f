import { type Cell, type CellState, characterMatrix, characterName, wronglyTreated } from '../character-matrix.ts';
import { lengthRows } from '../lengths.ts';
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
const WRONG: readonly (readonly [state: CellState, meaning: string])[] = [
  ['accepted', 'accepted, must be refused'],
  ['refused', 'refused, must be accepted'],
  ['changed', 'accepted, come back changed'],
];

/** Which characters, and which lengths, the server takes in which field, and where the documentation says otherwise. */
export function charactersSection(report: Report): Html | undefined {
  const matrix = characterMatrix(report);
  const lengths = lengthRows(report);
  if (matrix === undefined && lengths.length === 0) return undefined;
  const { columns, rows } = matrix ?? { columns: [], rows: [] };
  const waived = new Set(report.cases.filter(({ verdict }) => verdict === 'waived').map(({ id }) => id));
  const wrong = [
    ...rows.flatMap(({ cells }) => [...cells.values()]),
    ...lengths.flatMap(({ cells }) => stateCells(cells)),
  ];
  const kinds = WRONG.filter(([state]) => wrong.some((cell) => cell.wrong !== undefined && cell.state === state));
  const legend = kinds.flatMap(([state, meaning]) =>
    [false, true]
      .filter((isWaived) =>
        wrong.some((one) => one.wrong && one.state === state && waived.has(one.wrong.id) === isWaived),
      )
      .map(
        (isWaived) =>
          html`<span class="swatch ${isWaived ? 'waived' : 'wrong'}" aria-hidden="true">${SIGNS[state]}</span> <strong>${meaning}${isWaived && ' (waived)'}</strong> `,
      ),
  );
  const sentences = wronglyTreated(report).map((sentence) => html`<li>${sentence}</li>`);
  return html`<section aria-labelledby="characters" class="${kinds.length > 0 ? 'wrong' : 'right'}"><h2 id="characters">${titleOf(kinds, lengths.length > 0)}</h2>
<p class="key-to-signs">${legend}
<span class="quiet">${kinds.length > 0 ? 'As documented' : 'Everything that was decided is as documented'}: ${SIGNS.accepted} accepted, ${SIGNS.refused} refused, ${SIGNS.mixed} some of each; ${SIGNS.undecided} not decided.</span></p>
${
  matrix !== undefined &&
  html`<section class="wide" tabindex="0" aria-label="Which characters are accepted"><table class="matrix"><thead><tr><th scope="col">Field</th>${columns.map(columnHead)}</tr></thead><tbody>${rows.map(
    ({ field, cells }) =>
      html`<tr><th scope="row">${field}</th>${columns.map((column) => cell(cells.get(column), characterName(column), waived))}</tr>`,
  )}</tbody></table></section>`
}${lengths.map(
  ({
    field,
    cells,
  }) => html`<section class="wide" tabindex="0" aria-label="Which lengths of ${field} are accepted"><table class="matrix lengths"><thead><tr><th scope="col">Length</th>${cells.map(({ length }) => html`<th scope="col">${length}</th>`)}</tr></thead>
<tbody><tr><th scope="row">${field}</th>${stateCells(cells).map((one) => cell(one, `${one.length} characters`, waived))}</tr></tbody></table></section>`,
)}
${sentences.length > 0 && html`<details><summary>In words</summary><ul class="others">${sentences}</ul></details>`}</section>`;
}

function stateCells(cells: ReturnType<typeof lengthRows>[number]['cells']) {
  return cells.map(({ seen, ...cell }) => ({ ...cell, state: seen }));
}

function titleOf(kinds: typeof WRONG, hasLengths: boolean): string {
  const what = hasLengths ? 'Characters and lengths' : 'Characters';
  const [first] = kinds;
  return kinds.length === 1 && first !== undefined ? `${what} ${first[1].replace(',', ' that')}` : what;
}

function columnHead(column: string): Html {
  const name = characterName(column);
  return html`<th scope="col"${name.length > 1 && html` class="long"`}><span>${name}</span></th>`;
}

function cell(found: Cell | undefined, name: string, waived: ReadonlySet<string>): Html {
  const state = found?.state ?? 'undecided';
  if (found?.wrong === undefined) {
    return html`<td class="${state}"><span aria-hidden="true">${SIGNS[state]}</span><span class="hidden">${state}</span></td>`;
  }
  const { claim, id } = found.wrong;
  const isWaived = waived.has(id);
  const label = `${name} ${state}, against ${claim}${isWaived ? ', waived' : ''}`;
  return html`<td class="${isWaived ? 'waived' : 'wrong'}"><a href="#${anchor(id)}" aria-label="${label}">${SIGNS[state]}</a></td>`;
}
