import { FIELD_NAMES } from '../store.ts';
import { changing, type Effect, type Memory, type Seen } from './effect.ts';
import type { Random } from './random.ts';

/** A way in which a service changes a text, with a text that shows it; in all fields or some. */
type Mangling = readonly [name: string, shows: string, mangle: (text: string) => unknown, fields?: readonly string[]];

const EMAIL = ['email_address'];
const BOTH_NAMES = ['first_name', 'last_name'];

const MANGLINGS: readonly Mangling[] = [
  ['lowercased', 'aBcD', (text) => text.toLowerCase()],
  ['uppercased', 'aBcD', (text) => text.toUpperCase()],
  ['capitalised', 'aBcD', (text) => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase()],
  ['without zeros in front', '00417', (text) => text.replace(/^0+(?=\d)/, '')],
  ['as a number where it looks like one', '0417', (text) => (/^\d+$/.test(text) ? Number(text) : text)],
  [
    'respelled as a number',
    '0417',
    (text) => (/^[\d.e]+$/i.test(text) && Number.isFinite(Number(text)) ? String(Number(text)) : text),
  ],
  ['null where it says so', 'null', (text) => (/^(?:null|none|nil|undefined)$/i.test(text) ? null : text)],
  [
    'boolean where it says so',
    'true',
    (text) => (/^(?:true|false)$/i.test(text) ? text.toLowerCase() === 'true' : text),
  ],
  ['HTML-escaped', "a&b'c", (text) => text.replaceAll('&', '&amp;').replaceAll("'", '&#39;'), EMAIL],
  ['with backslashes before quotes', "a'c", (text) => text.replaceAll("'", "\\'"), EMAIL],
  ['with apostrophes left out', "a'c", (text) => text.replaceAll("'", ''), EMAIL],
  ['decoded twice', 'a%41b', (text) => text.replace(/%([2-7][\da-f])/gi, fromHex), EMAIL],
  ['with a space for +', 'a+b', (text) => text.replaceAll('+', ' '), EMAIL],
  ['without its plus tag', 'a+b', (text) => text.replace(/\+[^@]*(?=@)/, ''), EMAIL],
  ['without dots in the local part', 'a.b', (text) => text.replace(/\.(?=[^@]*@)/g, ''), EMAIL],
  ['with a lowercased domain', 'a@Example.COM', (text) => text.replace(/@.*/, (domain) => domain.toLowerCase()), EMAIL],
  ['cut at &', 'a&b', (text) => text.split('&', 1)[0] ?? '', EMAIL],
  ['cut at #', 'a#b', (text) => text.split('#', 1)[0] ?? '', EMAIL],
  ['with braces filled in', 'a{b}', (text) => text.replace(/\{.*\}/, ''), EMAIL],
  ['with double hyphens made one', 'a--b', (text) => text.replaceAll('--', '-')],
  ['with doubled punctuation made one', 'a..b', (text) => text.replace(/([^\w])\1+/g, '$1')],
  ['without what is in parentheses', 'a(b)c', (text) => text.replace(/\(.*\)/, ''), BOTH_NAMES],
  ['without punctuation', 'a.b-c', (text) => text.replace(/[^\w@]/g, ''), [...BOTH_NAMES, 'object_reference_id']],
  ['without punctuation at its ends', '-ab.', (text) => text.replace(/^[^\w]+|[^\w]+$/g, '')],
  ['with a hyphen for _', 'a_b', (text) => text.replaceAll('_', '-')],
  ['with a space for _', 'a_b', (text) => text.replaceAll('_', ' '), BOTH_NAMES],
  ...[8, 10, 16, 20, 30, 32, 50, 60].map(
    (length): Mangling => [`cut to ${length} characters`, 'abcdefgh'.repeat(8), (text) => text.slice(0, length)],
  ),
];

function fromHex(_: string, hex: string): string {
  return String.fromCharCode(Number.parseInt(hex, 16));
}

/** Replacements that change any value. */
const REPLACEMENTS: readonly (readonly [name: string, replace: (text: string) => unknown])[] = [
  ['left out', () => undefined],
  ['null', () => null],
  ['empty', () => ''],
  ['an object', (text) => ({ value: text })],
  ['a list', (text) => [text]],
  ['cut by its last character', (text) => text.slice(0, -1)],
  ['cut by its first character', (text) => text.slice(1)],
  ['with a blank behind it', (text) => `${text} `],
  ['masked', (text) => text.slice(0, 2) + 'x'.repeat(Math.max(1, text.length - 2))],
  ['in quotes', (text) => JSON.stringify(text)],
  ['doubled', (text) => text + text],
  // Looked up at its use.
  ['of the customer before', (text) => text],
];

/**
 * Returns or stores a changed field.
 * @param isMangled only changes values that the mangling affects, which limits it like a trigger; else any value
 */
export function fieldEffect(random: Random, isMangled: boolean, names: readonly string[] = FIELD_NAMES): Effect {
  const fitting = MANGLINGS.filter(([, , , fields = names]) => fields.some((one) => names.includes(one)));
  const [mangled, shows, mangle, fields = names] = random.pick(fitting);
  const [replaced, replace] = random.pick(REPLACEMENTS);
  const field = random.pick((isMangled ? fields : names).filter((one) => names.includes(one)));
  const name = isMangled ? mangled : replaced;
  const change = (text: string, seen: Seen, memory: Memory): unknown => {
    if (isMangled) return mangle(text);
    return name === 'of the customer before' ? (memory.other(seen)?.[field] ?? text) : replace(text);
  };
  const isStored =
    random.chance(0.4) && (isMangled || ['cut by its last character', 'doubled', 'masked'].includes(name));
  const base = {
    name: `${field} ${name}${isStored ? ', from then on' : ''}`,
    claims: [
      'RS-4',
      'GC-1',
      'EP-2',
      ...(field === 'object_reference_id' ? ['GC-2'] : []),
      ...(isMangled ? [] : ['TK-5']),
    ],
    ...(isMangled ? { needs: { [field]: showing(field, shows) } } : {}),
  };
  if (isStored) {
    return {
      ...base,
      stores: (fields, memory, seen) =>
        field in fields ? { ...fields, [field]: String(change(fields[field] ?? '', seen, memory)) } : fields,
    };
  }
  return {
    ...base,
    after: changing(200, (body, seen, memory) =>
      typeof body[field] === 'string' && field in seen.fields
        ? { ...body, [field]: change(body[field], seen, memory) }
        : body,
    ),
  };
}

function showing(field: string, text: string): string {
  if (field === 'email_address') return text.includes('@') ? text : `${text.slice(0, 40)}@example.com`;
  if (field === 'mobile_number') return '0012345678';
  if (field === 'mobile_country_code') return '65';
  if (field === 'object_reference_id') return `${text}${Math.random().toString().slice(2, 12)}`.slice(0, 64);
  return text.slice(0, 40);
}
