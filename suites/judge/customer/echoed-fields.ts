import type { Echo } from '../../../spec/echoes.ts';
import type { Violation } from '../../../spec/schemas.ts';
import { show, valueAt } from '../body.ts';
import type { AnswerBody, AskedFor, Fields } from '../operation.ts';
import type { Flaw } from '../result.ts';

/** Checks that what was sent comes back. @param violations already found in the answer */
export function checkEchoes(
  value: AnswerBody,
  asked: Asked,
  echoes: readonly Echo[],
  violations: readonly Violation[],
): Flaw[] {
  if (asked.echoClaim === null && asked.sent === undefined) return [];
  const changed = echoes.flatMap(({ property, field }) => {
    const pointer = `/${property}`;
    const wanted = wantedIn(field, asked);
    const actual = valueAt(value, pointer);
    const isKnown = wanted.length === 0 || violations.some((violation) => violation.pointer === pointer);
    return isKnown || wanted.some((text) => text === actual) ? [] : [{ property, field, pointer, wanted, actual }];
  });
  const { refused = [] } = asked;
  const isKept = ({ field, actual }: { field: string; actual: unknown }) =>
    refused.some((fields) => isFrom(fields, field, actual));
  const hasKept = changed.some(isKept);
  return changed.map(({ property, field, pointer, wanted, actual }): Flaw => {
    const other = actual === undefined ? otherSpelling(value, property) : undefined;
    if (other !== undefined) return misspelt(property, other, '');
    // If data of a refused call was stored, fields that it did not send are missing for the same reason.
    const isLost = hasKept && (actual ?? '') === '' && refused.some((fields) => (fields[field] ?? '') === '');
    const claim = isLost || isKept({ field, actual }) ? 'GC-4' : claimFor(field, property, wanted, actual, asked);
    return { claim, expected: wanted.map(show).join(' or '), actual: show(actual), pointer };
  });
}

/** Whether a call sent this value in the field; it may be empty. */
function isFrom(fields: Fields, field: string, actual: unknown): boolean {
  return typeof actual === 'string' && fields[field] === actual;
}

function claimFor(
  field: string,
  property: string,
  wanted: readonly string[],
  actual: unknown,
  { echoClaim, echoField = field, mixUp, known }: Asked,
): string {
  // A missing field does not indicate another call's answer.
  if (mixUp?.others.some((fields) => isFrom(fields, field, actual)) === true) return mixUp.claim;
  if (echoClaim !== null) return echoField === field ? echoClaim : 'RS-4';
  // Data that came back before and is now lost is the customer's data.
  return wanted.some((text) => known?.data[property] === JSON.stringify(text)) ? 'GC-1' : 'RS-4';
}

/**
 * The values that a field may come back with; none if any is allowed. If it is open whose data comes back, it is one that a
 * call sent, unless the customer may be kept from before any call sent it.
 */
function wantedIn(field: string, { fields, echoClaim, sent }: Asked): readonly string[] {
  const own = fields[field] ?? '';
  if (own === '') return [];
  if (echoClaim !== null || sent === undefined) return [own];
  const [first = []] = sent.batches;
  if (first.some((one) => (one[field] ?? '') === '')) return [];
  return [...new Set([own, ...sent.batches.flat().flatMap((one) => one[field] ?? [])])];
}

/** The parts of a call that the answer depends on. */
export interface Asked {
  /** As sent, decoded. */
  readonly fields: Readonly<Record<string, string>>;
  /** `open`: the page does not say whether the answer has a token. */
  readonly token: 'true' | 'false' | 'absent' | 'open';
  /** The claim that breaks if a field does not come back; null: only checked against `sent`, if given. */
  readonly echoClaim: string | null;
  /** If it is open whose data comes back: the data of all calls, one of which it must be. */
  readonly sent?: AskedFor['sent'];
  readonly known?: AskedFor['known'];
  /** What refused calls for the customer sent: if it comes back, it was stored (GC-4). */
  readonly refused?: AskedFor['sent']['refused'];
  /** The only field that `echoClaim` is about; default: all. */
  readonly echoField?: string;
  /** Fields of the case's other calls, and the claim that breaks if one of them comes back instead. */
  readonly mixUp?: { readonly claim: string; readonly others: readonly Readonly<Record<string, string>>[] };
  readonly tokenClaim: string;
  /** The customer did not exist before. */
  readonly isNew: boolean;
}

/** A flaw for a misspelt property name. */
export function misspelt(name: string, other: string, pointer: string): Flaw {
  return { claim: 'RS-6', expected: `a property "${name}"`, actual: `a property "${other}"`, pointer };
}

/** A property whose name differs only in letter case, hyphens and underscores. */
export function otherSpelling(place: unknown, name: string): string | undefined {
  if (typeof place !== 'object' || place === null) return undefined;
  const plain = (text: string) => text.toLowerCase().replaceAll(/[-_]/g, '');
  return Object.keys(place).find((key) => key !== name && plain(key) === plain(name));
}
