import fc from 'fast-check';
import type { Validators } from '../../../../spec/schemas.ts';
import { fillFields } from '../request.ts';
import type { Fields } from './accepted-calls.ts';
import { charactersOf, type FormSchema, fieldOf, patternsOf } from './form-values.ts';

/** A single mistake in a request, and the claim that forbids it. */
export interface Mistake {
  readonly claim: string;
  /** Short description for the step's label. */
  readonly what: string;
  readonly field: string;
  /** The wrong value; undefined omits the field. */
  readonly value: string | undefined;
}

type Claims = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Any digits, because a request's validity does not depend on them. */
const DIGITS = '0123456789abcdef'.repeat(4);

/**
 * Every mistake that the document defines, applied to accepted fields. The document's own schema decides that it is a single
 * mistake, and of which claim.
 */
export function mistakesIn(fields: Fields, form: FormSchema, validators: Validators): fc.Arbitrary<Mistake> {
  const kinds = Object.keys(form.properties ?? {}).flatMap((field) => wrongValues(field, fields[field] ?? '', form));
  return fc
    .oneof(...kinds)
    .map((mistake) => ({ ...mistake, claim: mistake.claim ?? claimOf(mistake, fields, validators) }));
}

/** The request with the mistake. */
export function withMistake(fields: Fields, { field, value }: Pick<Mistake, 'field' | 'value'>): Fields {
  const { [field]: _, ...rest } = fields;
  return value === undefined ? rest : { ...rest, [field]: value };
}

type Unclaimed = Omit<Mistake, 'claim'> & { readonly claim?: string };

function wrongValues(field: string, good: string, form: FormSchema): fc.Arbitrary<Unclaimed>[] {
  const schema = fieldOf(form, field);
  const { minLength = 0 } = schema;
  const required = (form as { 'x-claims'?: Claims })['x-claims']?.['required']?.[field];
  const { excluded } = charactersOf(schema);
  return [
    ...(required === undefined
      ? []
      : [
          fc.constant({ field, what: `no ${field}`, value: undefined }),
          // An empty mandatory field counts as absent, whatever its length limits.
          fc.constant({ field, what: `an empty ${field}`, value: '', claim: required }),
        ]),
    ...(minLength > 1
      ? [
          fc
            .integer({ min: 1, max: minLength - 1 })
            .map((length) => ({ field, what: `a short ${field}`, value: `{${length}}` })),
        ]
      : []),
    ...(excluded.length > 0
      ? [
          fc.tuple(fc.constantFrom(...excluded), fc.nat({ max: good.length })).map(([character, at]) => ({
            field,
            what: `${JSON.stringify(character)} in ${field}`,
            value: `${good.slice(0, at)}${character}${good.slice(at)}`,
          })),
        ]
      : []),
    ...patternsOf(schema).flatMap((pattern) => forbiddenPlaces(field, pattern, good)),
  ];
}

/** A look-ahead forbids characters at one position: the start of the value, or before the @. */
function forbiddenPlaces(field: string, pattern: string, good: string): fc.Arbitrary<Unclaimed>[] {
  const forbidden = /^\^\(\?!(?:\.\*)?\[([^\]]+)\](@?)\)/.exec(pattern);
  if (forbidden === null) return [];
  const [, characters = '', at] = forbidden;
  return [
    fc.constantFrom(...characters).map((character) => ({
      field,
      what: `${character} ${at === '@' ? 'last' : 'first'} in ${field}`,
      value: at === '@' ? good.replace('@', `${character}@`) : `${character}${good}`,
    })),
  ];
}

/** @throws Error if the document finds no mistake or several: then the generator is wrong, not the server */
function claimOf(mistake: Unclaimed, fields: Fields, validators: Validators): string {
  const wrong = fillFields({ fields: withMistake(fields, mistake) }, DIGITS);
  const claims = [...new Set(validators.CustomerForm(wrong).map(({ claim }) => claim))];
  const [claim] = claims;
  if (claim === undefined || claims.length > 1) {
    throw new Error(`${mistake.what} breaks ${claims.length} claims of the document, not one: ${claims.join(', ')}`);
  }
  return claim;
}
