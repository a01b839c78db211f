import type { Validators, Violation } from '../../../../spec/schemas.ts';
import { LETTERS_AND_DIGITS, NAME_SPECIALS } from '../../../cases/characters.ts';
import { TOKEN_OPTION } from '../../../cases/data.ts';

const NAME = new RegExp(`^[${LETTERS_AND_DIGITS}${NAME_SPECIALS.map((one) => `\\${one}`).join('')}]{1,40}$`);

/** Values that a server must accept by field: only those that the page defines without doubt. */
const PLAIN = new Map<string, RegExp>(
  Object.entries({
    object_reference_id: /^[\x21-\x7e]{8,64}$/,
    mobile_number: /^(?:\d{8}|\d{10})$/,
    // The form's schema checks the characters; this only requires an ordinary address.
    email_address: /^(?=.{1,80}$)[\x21-\x3f\x41-\x7e]+@(?:[a-z0-9-]+\.)+[a-z]{2,}$/i,
    first_name: NAME,
    last_name: NAME,
    mobile_country_code: /^\d{1,3}$/,
    [TOKEN_OPTION]: /^(?:true|false)$/,
  }),
);

/**
 * The part of a valid form that the page leaves open, so that a server may refuse it; undefined if it must be accepted.
 * @param fields decoded
 */
export function openPartOf(fields: Readonly<Record<string, string>>): string | undefined {
  for (const [name, value] of Object.entries(fields)) {
    const plain = PLAIN.get(name);
    if (plain === undefined) return `the field ${JSON.stringify(name)}, which is not documented (RQ-18)`;
    if (!plain.test(value)) return `the form of ${name}`;
  }
  return undefined;
}

/** Non-ASCII characters that the page leaves open (RQ-13, RQ-20). */
const OPEN_CHARACTERS = /(?!\p{ASCII})[\p{L}\p{M}\p{N}\p{Join_Control}]/gu;

/**
 * Violations that must be refused with 400. Omits what the schema refuses but the page leaves open: non-ASCII letters, marks,
 * digits and joiners, other values of the token option (RQ-17), the ends of an unusual address (RQ-19).
 * @param fields decoded
 */
export function mistakesIn(fields: Readonly<Record<string, string>>, validators: Validators): Violation[] {
  const printable = Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, value.replace(OPEN_CHARACTERS, 'x')]),
  );
  const ordinary = (fields['email_address'] ?? '').split('@').length === 2;
  const seen = new Set<string>();
  return validators
    .CustomerForm(printable)
    .map((violation) =>
      violation.claim === 'RQ-2' && fields['object_reference_id'] === '' ? { ...violation, claim: 'RQ-1' } : violation,
    )
    .filter(({ claim }) => {
      const open = claim === 'RQ-16' || (claim === 'RQ-8' && !ordinary) || seen.has(claim);
      seen.add(claim);
      return !open;
    });
}
