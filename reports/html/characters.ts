import { acceptedValues } from '../accepted-values.ts';
import { type Cell, type CellState, characterName, type Matrix } from '../character-matrix.ts';
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

/** Which characters and lengths the server accepts in which field, and where the documentation says otherwise. */
export function charactersSection(report: Report): Html | undefined {
  const matrices = acceptedValues(report);
  if (matrices.length === 0) return undefined;
  const waived = new Set(report.cases.filter(({ verdict }) => verdict === 'waived').map(({ id }) => id));
  const rows = matrices.flatMap((matrix) => matrix.rows);
  const wrong = rows.flatMap(({ cells }) => [...cells.values()]);
  const kinds = WRONG.filter(([state]) => wrong.some((cell) => cell.wrong !== undefined && cell.state === state));
  const legend = kinds.flatMap(([state, was, otherwise]) =>
    [false, true]
      .filter((isWaived) =>
        wrong.some((one) => one.wrong && one.state === state && waived.has(one.wrong.id) === isWaived),
      )
      .map(
        (isWaived) =>
          html`<span class="swatch ${isWaived ? 'waived' : 'wrong'}" aria-hidden="true">${SIGNS[state]}</span> <strong>${was}, ${otherwise}${isWaived && ' (waived)'}</strong> `,
      ),
  );
  const sentences = rows.flatMap((row) => row.sentences.map((sentence) => html`<li>${row.field}: ${sentence}</li>`));
  return html`<section aria-labelledby="characters" class="${kinds.length > 0 ? 'wrong' : 'right'}"><h2 id="characters">${titleOf(kinds, matrices.length > 1)}</h2>
<p class="key-to-signs">${legend}
<span class="quiet">${kinds.length > 0 ? 'As documented' : 'Everything that was decided is as documented'}: ${SIGNS.accepted} accepted, ${SIGNS.refused} refused, ${SIGNS.mixed} some of each; ${SIGNS.undecided} not decided.</span></p>
${matrices.map((matrix) => table(matrix, waived))}${sentences.length > 0 && html`<details><summary>In words</summary><ul class="others">${sentences}</ul></details>`}</section>`;
}

function table({ head, about, columns, rows }: Matrix, waived: ReadonlySet<string>): Html {
  const isLengths = head === 'Length';
  const nameOf = (column: string) => (isLengths ? `${column} characters` : characterName(column));
  return html`<section class="wide" tabindex="0" aria-label="${about}"><table class="matrix${isLengths && ' lengths'}"><thead><tr><th scope="col">${head}</th>${columns.map((column) => columnHead(characterName(column), isLengths))}</tr></thead>
<tbody>${rows.map(
    ({ field, cells }) =>
      html`<tr><th scope="row">${field}</th>${columns.map((column) => cell(cells.get(column), nameOf(column), waived))}</tr>`,
  )}</tbody></table></section>`;
}

function titleOf(kinds: typeof WRONG, hasLengths: boolean): string {
  const what = hasLengths ? 'Characters and lengths' : 'Characters';
  const [first] = kinds;
  return kinds.length === 1 && first !== undefined ? `${what} ${first[1]} that ${first[2]}` : what;
}

function columnHead(name: string, isShort: boolean): Html {
  return html`<th scope="col"${name.length > 1 && !isShort && html` class="long"`}><span>${name}</span></th>`;
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
