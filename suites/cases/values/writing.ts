import type { Call } from '../case.ts';
import { TOKEN_OPTION } from '../data.ts';

type Fields = Readonly<Record<string, string>>;

/** How a form can be written, and in which order its fields can stand. The first of each is how a browser does it. */
export const WRITINGS = ['form', 'percent', 'lowercase', 'escaped-names', 'bare'] as const;
export const ORDERS = ['listed', 'option-first', 'mobile-first', 'email-first', 'last-name-first', 'reversed'] as const;

/** The fields with another one first, and those before it at the end. */
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

/** Nothing is said of how the call's form is written. */
export function isFree({ encoding, rawBody, mediaType }: Call): boolean {
  return encoding === undefined && rawBody === undefined && mediaType === undefined;
}
