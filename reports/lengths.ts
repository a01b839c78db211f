import { groupBy } from '../spec/group-by.ts';
import type { Report } from './report.ts';
import type { ReportedCase } from './reported-case.ts';

/** Values of one length that were sent in a field: what became of them, and the case that shows it wrong. */
export interface LengthCell {
  readonly length: number;
  readonly seen: 'accepted' | 'refused';
  readonly wrong?: Pick<ReportedCase, 'claim' | 'id'>;
}

/** The lengths that were tried in a field, shortest first. */
export interface LengthRow {
  readonly field: string;
  readonly cells: readonly LengthCell[];
}

/**
 * Which lengths a server takes, for each field of the form that has claims of its own, in which no case tries characters, and
 * in which some length is not treated as the documentation says.
 */
export function lengthRows({ claims, cases }: Pick<Report, 'claims' | 'cases'>): LengthRow[] {
  const byCharacters = new Set(cases.flatMap(({ tries }) => tries?.field ?? []));
  const fieldOf = new Map(claims.map(({ id, page }) => [id, page.split(' › ').at(-1) ?? '']));
  return [...new Set(fieldOf.values())].flatMap((field) => {
    if (byCharacters.has(field)) return [];
    const cells = new Map<number, LengthCell>();
    for (const one of cases.filter(({ claim }) => fieldOf.get(claim) === field)) {
      const cell = cellOf(one, field);
      if (cell !== undefined && (cell.wrong !== undefined || !cells.has(cell.length))) cells.set(cell.length, cell);
    }
    const sorted = [...cells.values()].sort((a, b) => a.length - b.length);
    return sorted.some(({ wrong }) => wrong !== undefined) ? [{ field, cells: sorted }] : [];
  });
}

/** Undefined for what says nothing of a length: several calls, no value, no answer, a refusal for another reason. */
function cellOf({ id, claim, exchanges, findings, verdict }: ReportedCase, field: string): LengthCell | undefined {
  const [only] = exchanges;
  const value = new URLSearchParams(only?.request.body).get(field);
  if (exchanges.length !== 1 || value === null || only?.response === undefined) return undefined;
  const isWrong = findings.some((finding) => finding.claim === claim && finding.pointer === undefined);
  if (verdict !== 'pass' && verdict !== 'observed' && !isWrong) return undefined;
  const seen = only.response.status < 300 ? 'accepted' : 'refused';
  return { length: Array.from(value).length, seen, ...(isWrong ? { wrong: { claim, id } } : {}) };
}

/** `field: CLAIM accepted although excluded: 1 and 7 characters`, a line for each claim and kind. */
export function lengthSentences({ field, cells }: LengthRow): string[] {
  const kinds = groupBy(
    cells.filter(({ wrong }) => wrong !== undefined),
    ({ seen, wrong }) =>
      `${wrong?.claim} ${seen === 'accepted' ? 'accepted although excluded' : 'refused although allowed'}`,
  );
  return [...kinds].map(
    ([kind, own]) => `${field}: ${kind}: ${own.map(({ length }) => length).join(', ')} characters long`,
  );
}
