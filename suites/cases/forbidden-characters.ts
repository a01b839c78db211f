import { type Case, makeCase } from './case.ts';
import { EMAIL_EXCLUDED, NAME_EXCLUDED, nameOf, triesIn } from './characters.ts';
import { type Changes, customer, defined, smallCustomer, step, TOKEN_OPTION } from './data.ts';
import { coverPairs } from './values/covering.ts';

/** The rest of a bad call. */
export interface Body {
  readonly body?: string;
  readonly token?: string;
}

function bodyOf(changes: Changes, { body = 'full', token = 'absent' }: Body): Record<string, string> {
  const option = { [TOKEN_OPTION]: token === 'absent' ? undefined : token };
  return body === 'full' ? customer({ ...changes, ...option }) : smallCustomer(defined({ ...changes, ...option }));
}

/** A call that gets 400. @param characters tested in the only changed field @param beside the rest of the call */
export function refuses(id: string, title: string, changes: Changes, characters?: string, beside: Body = {}): Case {
  // Percent-encoding makes the character unambiguous: a space as + would also test decoding (EP-2).
  const coded = Object.values(changes).some((value) => value?.includes(' ')) ? { encoding: 'percent' as const } : {};
  const call = step('the call', 'bad-request', bodyOf(changes, beside), coded);
  return makeCase(id, title, [call], triesIn(changes, characters));
}

/** A character that is not allowed in a field. */
interface Forbidden {
  readonly id: string;
  readonly title: string;
  readonly field: string;
  readonly part: keyof typeof PARTS;
  readonly character: string;
  /** A complete value that software is known to accept. */
  readonly value?: string;
}

/** Where to insert a character into a value, marked by `|`. */
const PARTS = {
  name: { first: '|Maria', inside: 'Ma|ria', last: 'Maria|', everywhere: '|Ma|ria|' },
  local: {
    ...{ first: '|maria@example.com', inside: 'maria|tan@example.com', last: 'maria|@example.com' },
    everywhere: '|ma|ria|@example.com',
  },
  domain: {
    ...{ first: 'maria@|example.com', inside: 'maria@exa|mple.com', last: 'maria@example.com|' },
    everywhere: 'maria@|exam|ple.com|',
  },
} as const;

type Place = keyof (typeof PARTS)['name'];

/** Characters that code is likely to treat alike. */
const KINDS: Readonly<Record<string, string>> = {
  quotes: '"\'`',
  brackets: '()[]{}<>',
  separators: ',;:|/\\',
  marks: '!#$%&*+=?@^~ ',
};

/** Inserts characters that servers rarely accept into every place of an address. */
export function everywhere(characters: string): string {
  return `${characters}ma${characters}ria${characters}@exam${characters}ple.com${characters}`;
}

/** Values that software accepts or cleans up, with the character as the only error; and spaces at the ends. */
const WHOLES: Readonly<Record<string, string>> = {
  'RQ-7/quotation-mark': '"maria"@example.com',
  'RQ-7/comma-in-domain': 'maria@example.com,tan@example.org',
  'RQ-7/semicolon-in-domain': 'maria@example.com;tan@example.org',
  'RQ-12/quotation-mark': '"Tan"',
  'RQ-7/space': ' maria@example.com',
  'RQ-7/space-in-domain': 'maria@example.com ',
};

const forbidden: readonly Forbidden[] = [
  ...EMAIL_EXCLUDED.flatMap((character) =>
    (['local', 'domain'] as const).map((part) => {
      const id = `RQ-7/${nameOf(character)}${part === 'local' ? '' : '-in-domain'}`;
      const title = `${character === '"' ? `'"'` : JSON.stringify(character)} in the ${part === 'local' ? 'local part' : 'domain'} gets 400`;
      const value = WHOLES[id];
      return { id, title, field: 'email_address', part, character, ...(value === undefined ? {} : { value }) };
    }),
  ),
  ...(['first_name', 'last_name'] as const).flatMap((field) =>
    NAME_EXCLUDED.map((character) => {
      const id = `${field === 'first_name' ? 'RQ-10' : 'RQ-12'}/${nameOf(character)}`;
      const value = WHOLES[id];
      const title = `${character} in ${field} gets 400`;
      return { id, title, field, part: 'name' as const, character, ...(value === undefined ? {} : { value }) };
    }),
  ),
];

/** The ways to test a forbidden character: all levels and all pairs of them. */
export const SPREAD = [
  { name: 'kind', levels: Object.keys(KINDS) },
  { name: 'part', levels: ['local', 'domain', 'first_name', 'last_name'] },
  { name: 'place', levels: ['first', 'inside', 'last', 'everywhere'] },
  { name: 'body', levels: ['full', 'minimal'] },
  { name: 'token', levels: ['absent', 'true', 'false'] },
] as const;

/** The choice for each forbidden character. */
export const spread = coverPairs(
  SPREAD,
  forbidden.map(({ character, field, part, value }, index) => (factor, level) => {
    if (factor === 'kind') return KINDS[level]?.includes(character) === true;
    if (factor === 'part') return level === (part === 'name' ? field : part);
    // A server that accepts a character in one place often does so independently of other fields.
    return factor !== 'place' || (value === undefined && (level === 'everywhere') === index % 6 > 1);
  }),
);

/** Every character that a field must not contain. */
export const forbiddenCharacters: readonly Case[] = forbidden.map(
  ({ id, title, field, part, character, value }, index) => {
    const { place = 'inside', ...beside } = spread[index] ?? {};
    const tried = value ?? PARTS[part][place as Place].replaceAll('|', () => character);
    return refuses(id, title, { [field]: tried }, character, beside);
  },
);
