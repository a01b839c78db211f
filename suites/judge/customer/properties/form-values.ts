import fc from 'fast-check';
import type { OpenAPIV3_1 } from 'openapi-types';
import { LETTERS_AND_DIGITS, PRINTABLE_ASCII } from '../../../cases/characters.ts';
import { isTemplate, ownDigits } from '../../../cases/template.ts';
import type { Classes } from '../../../cases/values/classes.ts';
import { EMAILS } from '../../../cases/values/emails.ts';
import { NAMES } from '../../../cases/values/names.ts';
import { AFTER_CODE, COUNTRY_CODES, MOBILE_NUMBERS } from '../../../cases/values/numbers.ts';
import { REFERENCES } from '../../../cases/values/references.ts';

/** The document's own schema, from which requests are generated and by which they are checked. */
export type FormSchema = OpenAPIV3_1.SchemaObject;

/**
 * Printable characters by a field's patterns. An allowed space counts as neither, because the page leaves it open (RQ-13).
 */
export interface Characters {
  readonly allowed: readonly string[];
  readonly excluded: readonly string[];
}

/** The schema of a field. @throws Error if the form has no such field */
export function fieldOf(form: FormSchema, name: string): FormSchema {
  const field = form.properties?.[name];
  if (field === undefined) throw new Error(`the form has no field ${name}`);
  return field as FormSchema;
}

const READ = new WeakMap<FormSchema, Characters>();

/**
 * Reads the character classes of a field, with a cache. Ignores look-aheads, which are about positions instead of characters.
 */
export function charactersOf(field: FormSchema): Characters {
  const known = READ.get(field) ?? readCharacters(field);
  READ.set(field, known);
  return known;
}

function readCharacters(field: FormSchema): Characters {
  const classes = patternsOf(field)
    .filter((pattern) => !pattern.includes('(?!'))
    .map((pattern) => new RegExp(pattern, 'u'));
  const isAllowed = (character: string) => classes.every((pattern) => pattern.test(character));
  return {
    // Letters and digits first, because shrinking prefers the first ones.
    allowed: [...new Set([...LETTERS_AND_DIGITS, ...PRINTABLE_ASCII])].filter(
      (character) => character !== ' ' && isAllowed(character),
    ),
    excluded: PRINTABLE_ASCII.filter((character) => !isAllowed(character)),
  };
}

/** The patterns of a field; without one no character is wrong. */
export function patternsOf(field: FormSchema): string[] {
  const parts = (field.allOf ?? []) as FormSchema[];
  return [...(field.pattern === undefined ? [] : [field.pattern]), ...parts.flatMap(patternsOf)];
}

/** Limits of what the page defines, which accepted cases respect (RQ-18, RQ-19). */
const LONGEST = { reference: 64, name: 40, localPart: 48 } as const;

/** Reserved domains, which no server can know to be wrong. */
const DOMAINS = ['example.com', 'example.org', 'mail.example.net', 'Example.COM'];

/** Texts that a form decoder may misread. Percent sequences are tested by the tables (EP-2). */
const TRICKY = ['%', '&amp', '&a=b', '+', '=', '#'];

/** Minimum random digits of a reference, so that no two executions share a customer. */
const OWN_DIGITS = 12;

/** Mixes values that servers often get wrong into the generated ones. */
function orKnown(generated: fc.Arbitrary<string>, classes: Classes): fc.Arbitrary<string> {
  const known = Object.values(classes).flat();
  const values = known.filter((value) => value !== '' && value !== AFTER_CODE);
  return fc.oneof({ weight: 3, arbitrary: generated }, { weight: 1, arbitrary: fc.constantFrom(...values) });
}

/** A reference unique to the execution: `{n}` is replaced by n unique digits. */
export function references(): fc.Arbitrary<string> {
  const rest = fc.string({
    unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz0123456789.-_@'),
    maxLength: 20,
    size: 'max',
  });
  const generated = fc
    .tuple(rest, fc.integer({ min: OWN_DIGITS, max: LONGEST.reference - 40 }), rest)
    .map(([before, digits, after]) => `${before}{${digits}}${after}`);
  const known = Object.values(REFERENCES).flat();
  return orKnown(generated, { known: known.filter((value) => ownDigits(value) >= OWN_DIGITS) });
}

/** Names of allowed characters with at least one letter or digit. */
export function names(field: FormSchema): fc.Arbitrary<string> {
  const { allowed } = charactersOf(field);
  const generated = fc
    .string({ unit: fc.constantFrom(...allowed), minLength: 1, maxLength: LONGEST.name, size: 'max' })
    .filter((name) => [...name].some((character) => LETTERS_AND_DIGITS.includes(character)));
  return orKnown(generated, NAMES);
}

/**
 * Ordinary addresses of allowed characters. Without two consecutive dots, because the page defines characters, but not the
 * form of an address (RQ-19).
 */
export function emailAddresses(field: FormSchema): fc.Arbitrary<string> {
  const inLocalPart = charactersOf(field).allowed.filter((character) => character !== '@');
  const unit = fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...inLocalPart) },
    { weight: 1, arbitrary: fc.constantFrom(...TRICKY) },
  );
  const generated = fc
    .tuple(fc.string({ unit, minLength: 1, maxLength: LONGEST.localPart, size: 'max' }), fc.constantFrom(...DOMAINS))
    .map(([local, domain]) => `${local.slice(0, LONGEST.localPart)}@${domain}`)
    .filter((address) => !/^[_.]|[_.]@|\.\.|%[0-9a-f]{2}/i.test(address) && !isTemplate(address));
  return orKnown(generated, EMAILS);
}

/** The mobile numbers that must be accepted: the documented ones, and the recommended ten digits. */
export function mobileNumbers(field: FormSchema): fc.Arbitrary<string> {
  const digits = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 10, maxLength: 10 });
  return orKnown(fc.oneof(documented(field), digits), MOBILE_NUMBERS);
}

/** The country codes that must be accepted. */
export function countryCodes(field: FormSchema): fc.Arbitrary<string> {
  return orKnown(documented(field), COUNTRY_CODES);
}

/** The values that the document lists for a field. */
export function documented(field: FormSchema): fc.Arbitrary<string> {
  return fc.constantFrom(...((field.enum ?? field.examples ?? []) as string[]));
}
