import { type Cell, characterMatrix, type Matrix, sentencesOf } from './character-matrix.ts';
import type { Report } from './report.ts';
import type { ReportedCase } from './reported-case.ts';

/** Which characters and lengths a server accepts: one matrix of characters, and one of lengths for each field. */
export function acceptedValues(report: Pick<Report, 'claims' | 'cases'>): Matrix[] {
  const characters = characterMatrix(report);
  return [...(characters === undefined ? [] : [characters]), ...lengthMatrices(report)];
}

/**
 * What is wrong about the characters and lengths that a server accepts: a line for each field, claim and kind of error.
 */
export function wronglyTreated(report: Pick<Report, 'claims' | 'cases'>): (readonly [field: string, what: string])[] {
  return acceptedValues(report).flatMap(({ rows }) =>
    rows.flatMap(({ field, sentences }) => sentences.map((sentence) => [field, sentence] as const)),
  );
}

/**
 * The tried lengths, shortest first, of each field that has claims of its own, in which no case tries characters, and in
 * which the server treats some length differently from the documentation.
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
    const wrong = sorted.flatMap(([length, { state, wrong: shown }]) => {
      if (shown === undefined) return [];
      const seen = state === 'accepted' ? 'accepted' : 'refused';
      return [{ claim: shown.claim, seen, expect: state === 'accepted' ? 'refused' : 'accepted', length } as const];
    });
    const sentences = sentencesOf(wrong, (own) => `${own.map(({ length }) => length).join(', ')} characters long`);
    const about = `Which lengths of ${field} are accepted`;
    const rows = [{ field, cells: new Map(sorted), sentences }];
    return sentences.length === 0 ? [] : [{ head: 'Length', about, columns: sorted.map(([length]) => length), rows }];
  });
}

/**
 * Undefined for a case that says nothing about a length: several calls, no value, no answer, or a refusal for another
 * reason.
 */
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
