import type { Validators, Violation } from '../../../../spec/schemas.ts';

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
