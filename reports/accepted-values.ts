import { groupBy } from '../spec/group-by.ts';
import { type Cell, characterMatrix, type Matrix } from './character-matrix.ts';
import type { Report } from './report.ts';
import type { ReportedCase } from './reported-case.ts';

/** Which characters, and which lengths, a server takes: a matrix of all fields, and one for each field of lengths. */
export function acceptedValues(report: Pick<Report, 'claims' | 'cases'>): Matrix[] {
  const characters = characterMatrix(report);
  return [...(characters === undefined ? [] : [characters]), ...lengthMatrices(report)];
}

/** What is wrong in the characters and lengths that a server takes, a line for each field, claim and kind of it. */
export function wronglyTreated(report: Pick<Report, 'claims' | 'cases'>): string[] {
  return acceptedValues(report).flatMap(({ rows }) =>
    rows.flatMap(({ field, sentences }) => sentences.map((sentence) => `${field}: ${sentence}`)),
  );
}

/**
 * The lengths that were tried, shortest first, for each field of the form that has claims of its own, in which no case tries
 * characters, and in which some length is not treated as the documentation says.
 */
function lengthMatrices({ claims, cases }: Pick<Report, 'claims' | 'cases'>): Matrix[] {
  const byCharacters = new Set(cases.flatMap(({ tries }) => tries?.field ?? []));
  const fieldOf = new Map(claims.map(({ id, page }) => [id, page.split(' › ').at(-1) ?? '']));
  return [...new Set(fieldOf.values())].flatMap((field) => {
    if (byCharacters.has(field)) return [];
    const found = new Map<number, Cell>();
    for (const one of cases.filter(({ claim }) => fieldOf.get(claim) === field)) {
      const [length, cell] = cellOf(one, field) ?? [];
      if (length !== undefined && cell && (cell.wrong !== undefined || !found.has(length))) found.set(length, cell);
    }
    const sorted = [...found].sort(([a], [b]) => a - b).map(([length, cell]) => [String(length), cell] as const);
    const sentences = lengthSentences(sorted);
    const about = `Which lengths of ${field} are accepted`;
    const rows = [{ field, cells: new Map(sorted), sentences }];
    return sentences.length === 0 ? [] : [{ head: 'Length', about, columns: sorted.map(([length]) => length), rows }];
  });
}

/** Undefined for what says nothing of a length: several calls, no value, no answer, a refusal for another reason. */
function cellOf(
  { id, claim, exchanges, findings, verdict }: ReportedCase,
  field: string,
): readonly [length: number, Cell] | undefined {
  const [only] = exchanges;
  const value = new URLSearchParams(only?.request.body).get(field);
  if (exchanges.length !== 1 || value === null || only?.response === undefined) return undefined;
  const isWrong = findings.some((finding) => finding.claim === claim && finding.pointer === undefined);
  if (verdict !== 'pass' && verdict !== 'observed' && !isWrong) return undefined;
  const state = only.response.status < 300 ? 'accepted' : 'refused';
  return [Array.from(value).length, { state, ...(isWrong ? { wrong: { claim, id } } : {}) }];
}

/** `CLAIM accepted although excluded: 1, 7 characters long`, a line for each claim and kind. */
function lengthSentences(cells: readonly (readonly [length: string, Cell])[]): string[] {
  const kinds = groupBy(
    cells.filter(([, { wrong }]) => wrong !== undefined),
    ([, { state, wrong }]) =>
      `${wrong?.claim} ${state === 'accepted' ? 'accepted although excluded' : 'refused although allowed'}`,
  );
  return [...kinds].map(([kind, own]) => `${kind}: ${own.map(([length]) => length).join(', ')} characters long`);
}
