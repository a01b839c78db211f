import type { Call } from '../case.ts';
import { TOKEN_OPTION } from '../data.ts';

type Fields = Readonly<Record<string, string>>;

/** Encodings of a form and orders of its fields. The first ones are a browser's. */
export const WRITINGS = ['form', 'percent', 'lowercase', 'escaped-names', 'bare'] as const;
export const ORDERS = ['listed', 'option-first', 'mobile-first', 'email-first', 'last-name-first', 'reversed'] as const;

/** Rotates the fields so that another one comes first. */
export function ordered(fields: Fields, order: (typeof ORDERS)[number]): Record<string, string> {
  const entries = Object.entries(fields);
  if (order === 'reversed') return Object.fromEntries(entries.reverse());
  const first = FIRST[order];
  const at = Math.max(
    0,
    entries.findIndex(([name]) => name === first),
  );
  return Object.fromEntries([...entries.slice(at), ...entries.slice(0, at)]);
}

const FIRST: Readonly<Partial<Record<(typeof ORDERS)[number], string>>> = {
  'option-first': TOKEN_OPTION,
  'mobile-first': 'mobile_number',
  'email-first': 'email_address',
  'last-name-first': 'last_name',
};

/** Whether the call does not specify its encoding. */
export function isFree({ encoding, rawBody, mediaType }: Call): boolean {
  return encoding === undefined && rawBody === undefined && mediaType === undefined;
}
