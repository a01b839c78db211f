import type { Fields } from '../store.ts';
import type { Trigger } from './front.ts';
import type { Random } from './random.ts';

/** A class of values of one field: which belong to it, and how to make one from an ordinary value. */
interface ValueClass {
  readonly name: string;
  readonly group: string;
  readonly has: (value: string) => boolean;
  readonly make: (ordinary: string) => string;
}

export const TOKEN = 'options.get_client_auth_token';
const OPTIONAL = ['email_address', 'first_name', 'last_name', 'mobile_country_code'] as const;

/** The claims about accepted values. */
const TAKEN: Readonly<Record<string, readonly string[]>> = {
  object_reference_id: ['RQ-2', 'GC-2'],
  mobile_number: ['RQ-4'],
  email_address: ['RQ-6', 'RQ-8', 'EP-2'],
  first_name: ['RQ-9'],
  last_name: ['RQ-11'],
  mobile_country_code: ['RQ-14'],
  [TOKEN]: ['RQ-16'],
};

const ONES = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
/** Allowed values that people and programs use in these fields. */
const EMAIL_MARKS = [..."!#$%&'*+-/=?^_.{|}~`"];
const NAME_MARKS = [...'().-_'];
const REFERENCE_MARKS = [...'-_.+@-_.@/:#=&%~'];
const WORDS = ['null', 'undefined', 'NaN', 'true', 'false', 'None', 'nil', 'Infinity', 'NULL', 'None', 'test', 'admin'];
const SQL = ['select', 'or', 'drop', 'Null', 'script', 'on', 'End'];

function contains(mark: string): ValueClass {
  return {
    name: `has ${mark}`,
    group: 'has a character',
    has: (value) => value.includes(mark),
    make: (value) => `${value.slice(0, 3)}${mark}${value.slice(3)}`,
  };
}

function starts(mark: string): ValueClass {
  return {
    name: `starts with ${mark}`,
    group: 'starts with a character',
    has: (value) => value.startsWith(mark),
    make: (value) => mark + value.slice(1),
  };
}

function ends(mark: string): ValueClass {
  return {
    name: `ends with ${mark}`,
    group: 'ends with a character',
    has: (value) => value.endsWith(mark),
    make: (value) => value.slice(0, -1) + mark,
  };
}

function doubled(mark: string): ValueClass {
  return { ...contains(mark + mark), name: `has ${mark} twice in a row`, group: 'has a doubled character' };
}

function longer(length: number, fill = 'a'): ValueClass {
  return {
    name: `${length} characters or more`,
    group: 'is long',
    has: (value) => value.length >= length,
    make: (value) => value.slice(0, 2) + fill.repeat(Math.max(0, length - value.length)) + value.slice(2),
  };
}

function ofLength(length: number): ValueClass {
  return {
    name: `of ${length} characters`,
    group: 'has a length',
    has: (value) => value.length === length,
    make: (value) => value.padEnd(length, 'Ab0').slice(0, length),
  };
}

function matching(
  name: string,
  group: string,
  pattern: RegExp,
  example: string | ((value: string) => string),
): ValueClass {
  return {
    name,
    group,
    has: (value) => pattern.test(value),
    make: (value) => (typeof example === 'string' ? example : example(value)),
  };
}

function word(text: string): ValueClass {
  return { name: `is the word ${text}`, group: 'is a word', has: (value) => value === text, make: () => text };
}

/** Any class of names. */
function ofNames(random: Random): ValueClass {
  const mark = random.pick(NAME_MARKS);
  return random.weighted<ValueClass>([
    [4, contains(mark)],
    [2, starts(mark)],
    [2, ends(mark)],
    [2, doubled(mark)],
    [2, longer(random.pick([12, 15, 16, 20, 21, 25, 26, 30, 31, 32, 35, 36, 40]))],
    [1, ofLength(random.pick([1, 2, 3, 4, 20, 32, 40]))],
    [2, word(random.pick([...WORDS, ...SQL]))],
    [1, contains(random.pick([...ONES]))],
    [1, matching('digits only', 'is a number', /^\d+$/, '4711')],
    [1, matching('zeros in front', 'is a number', /^0\d+$/, '007')],
    [1, matching('a number with an exponent', 'is a number', /^\d+e\d+$/i, '1e3')],
    [1, matching('a decimal number', 'is a number', /^\d+\.\d+$/, '1.50')],
    [1, matching('punctuation only', 'is punctuation', /^[().\-_]+$/, '-')],
    [1, matching('capitals only', 'letter case', /^[^a-z]*[A-Z][^a-z]*$/, 'MARIA')],
    [1, matching('lowercase only', 'letter case', /^[^A-Z]*[a-z][^A-Z]*$/, 'maria')],
    [1, matching('a capital inside', 'letter case', /.[a-z].*[A-Z]/, 'McDonald')],
    [1, matching('a part in parentheses', 'has a shape', /\(.+\)/, 'Maria(May)')],
  ]);
}

function ofEmails(random: Random): ValueClass {
  const mark = random.pick(EMAIL_MARKS);
  const edge = random.pick(EMAIL_MARKS.filter((one) => !'_.'.includes(one)));
  const local = (text: string) => text.slice(0, text.lastIndexOf('@'));
  const domain = (text: string) => text.slice(text.lastIndexOf('@') + 1);
  const inLocal = (one: ValueClass): ValueClass => ({
    ...one,
    name: `local part ${one.name}`,
    has: (value) => one.has(local(value)),
    make: (value) => `${one.make(local(value))}@${domain(value)}`,
  });
  const inDomain = (name: string, pattern: RegExp, example: string): ValueClass => ({
    name: `domain ${name}`,
    group: 'domain',
    has: (value) => pattern.test(domain(value)),
    make: (value) => `${local(value)}@${example}`,
  });
  return random.weighted<ValueClass>([
    [6, inLocal(contains(mark))],
    [2, inLocal(starts(edge))],
    [2, inLocal(ends(edge))],
    [2, inLocal(mark === '.' ? contains(random.pick(['-', '+', '_'])) : doubled(mark))],
    [1, inLocal(contains(random.pick([...ONES])))],
    [2, longer(random.pick([30, 32, 40, 45, 50, 51, 60, 64, 65, 70, 75, 80]))],
    [1, inLocal(ofLength(random.pick([1, 2, 3, 10, 20, 32])))],
    [1, inLocal(longer(random.pick([20, 30, 32, 40, 50])))],
    [1, inLocal(matching('digits only', 'is a number', /^\d+$/, '98765'))],
    [1, matching('has a capital', 'letter case', /[A-Z]/, 'Maria.Tan@example.com')],
    [1, inDomain('with capitals', /[A-Z]/, 'Example.COM')],
    [1, inDomain('of three labels or more', /\..*\./, 'mail.example.com')],
    [1, inDomain('of four labels or more', /\..*\..*\./, 'a.mail.example.com')],
    [1, inDomain('with a hyphen', /-/, 'my-shop.example.com')],
    [1, inDomain('with a digit', /\d/, 'shop24.example.com')],
    [1, inDomain('of a long top level', /\.[a-z]{5,}$/i, 'example.technology')],
    [1, inDomain('of two letters on top', /\.[a-z]{2}$/i, 'example.in')],
    [1, inDomain('that begins with a digit', /^\d/, '1and1.example.com')],
  ]);
}

function ofReferences(random: Random): ValueClass {
  const mark = random.pick(REFERENCE_MARKS);
  return random.weighted<ValueClass>([
    [5, contains(mark)],
    [1, starts(mark)],
    [1, ends(mark)],
    [2, doubled(mark)],
    [2, longer(random.pick([9, 12, 16, 20, 21, 24, 30, 32, 33, 36, 40, 48, 50, 60, 63, 64]), 'x')],
    [2, ofLength(random.pick([8, 9, 10, 12, 16, 20, 32, 36, 48, 63, 64]))],
    [1, matching('digits only', 'is a number', /^\d+$/, (value) => numberFrom(value, 12))],
    [1, matching('zeros in front', 'is a number', /^0\d+$/, (value) => `00${numberFrom(value, 9)}`)],
    [1, matching('more than 15 digits', 'is a number', /^\d{16,}$/, (value) => numberFrom(value, 20))],
    [1, matching('a number with an exponent', 'is a number', /^\d+e\d+$/i, (value) => `1e${numberFrom(value, 8)}`)],
    [
      1,
      matching(
        'an email address',
        'has a shape',
        /^[^@]+@[^@]+\.[^@]+$/,
        (value) => `${value.slice(0, 30)}@example.com`,
      ),
    ],
    [1, matching('ten digits', 'has a shape', /^\d{10}$/, (value) => numberFrom(value, 10))],
    [1, matching('a UUID', 'has a shape', /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, uuidFrom)],
    [
      1,
      matching('a UUID in capitals', 'has a shape', /^[\dA-F]{8}(-[\dA-F]{4}){3}-[\dA-F]{12}$/, (v) =>
        uuidFrom(v).toUpperCase(),
      ),
    ],
    [1, matching('has a capital', 'letter case', /[A-Z]/, (value) => `C${value}`)],
    [1, matching('capitals only', 'letter case', /^[^a-z]*[A-Z][^a-z]*$/, (value) => value.toUpperCase())],
    [1, matching('letters only', 'has a shape', /^[A-Za-z]+$/, (value) => value.replace(/[^a-z]/gi, 'q'))],
    [1, matching('ends with a digit', 'ends with a character', /\d$/, (value) => `${value.slice(0, -1)}7`)],
    [1, matching('starts with a digit', 'starts with a character', /^\d/, (value) => `7${value}`)],
  ]);
}

function ofMobiles(random: Random): ValueClass {
  const digit = String(random.below(10));
  return random.weighted<ValueClass>([
    [
      3,
      matching(`starts with ${digit}`, 'starts with a character', new RegExp(`^${digit}`), (v) => digit + v.slice(1)),
    ],
    [2, matching('starts with 0', 'is a number', /^0/, (value) => `0${value.slice(1)}`)],
    [1, matching('starts with 00', 'is a number', /^00/, (value) => `00${value.slice(2)}`)],
    [1, matching('of eight digits', 'has a length', /^\d{8}$/, '81234567')],
    [1, matching('of ten digits', 'has a length', /^\d{10}$/, '9123456780')],
    [1, matching('ends with 0', 'ends with a character', /0$/, (value) => `${value.slice(0, -1)}0`)],
    [1, matching('starts with 91', 'starts with a character', /^91/, '9112345678')],
    [1, matching('starts with 65', 'starts with a character', /^65/, '6512345678')],
    [1, matching('a digit three times in a row', 'has a doubled character', /(\d)\1\1/, '9877765432')],
  ]);
}

function ofCountryCodes(random: Random): ValueClass {
  const length = random.between(1, 3);
  return random.weighted<ValueClass>([
    [3, { ...ofLength(length), make: () => ['1', '65', '971'][length - 1] ?? '65' }],
    [2, word(random.pick(['1', '91', '65', '971']))],
    [1, word(random.pick(['7', '44', '49', '60', '61', '62', '63', '66', '81', '84', '852', '880']))],
  ]);
}

const CLASSES: Readonly<Record<string, (random: Random) => ValueClass>> = {
  object_reference_id: ofReferences,
  mobile_number: ofMobiles,
  email_address: ofEmails,
  first_name: ofNames,
  last_name: ofNames,
  mobile_country_code: ofCountryCodes,
};

/** A trigger by one field's value. @param field default: any */
export function valueTrigger(random: Random, field?: string): Trigger {
  const name =
    field ??
    random.weighted([
      [5, 'object_reference_id'],
      [3, 'mobile_number'],
      [5, 'email_address'],
      [4, 'first_name'],
      [4, 'last_name'],
      [1.5, 'mobile_country_code'],
    ]);
  const one = (CLASSES[name] ?? ofNames)(random);
  return {
    name: `${name} ${one.name}`,
    group: `${name}: ${one.group}`,
    claims: TAKEN[name] ?? [],
    fires: ({ fields, is }) => is === 'accepted' && name in fields && one.has(fields[name] ?? ''),
    witness: (base) => [{ fields: { ...base, [name]: one.make(base[name] ?? 'Abcdefgh') } }],
  };
}

/** A trigger by the fields present, the option's value, or equal fields. */
export function shapeTrigger(random: Random): Trigger {
  const absent = random.pick(OPTIONAL);
  const present = random.pick(OPTIONAL.filter((name) => name !== absent));
  const option = random.pick(['true', 'false']);
  const [one, other] = random.pick([
    ['object_reference_id', 'email_address'],
    ['object_reference_id', 'mobile_number'],
    ['first_name', 'last_name'],
  ] as const);
  const count = random.between(2, 7);
  return random.weighted<Trigger>([
    shaped(
      [4, `without ${absent}`, 'a field is left out'],
      (f) => !(absent in f),
      (f) => without(f, absent),
      TAKEN[absent],
    ),
    shaped(
      [2, `with ${present} and without ${absent}`, 'a field is left out'],
      (f) => !(absent in f) && present in f,
      (f) => without(f, absent),
      [...(TAKEN[absent] ?? []), ...(TAKEN[present] ?? [])],
    ),
    shaped(
      [2, `without ${absent}, asking for a token`, 'a field is left out'],
      (f) => !(absent in f) && f[TOKEN] === 'true',
      (f) => ({ ...without(f, absent), [TOKEN]: 'true' }),
      [...(TAKEN[absent] ?? []), 'TK-5', 'TK-1', 'TK-4'],
    ),
    shaped(
      [1, `of ${count} fields`, 'number of fields'],
      (f) => Object.keys(f).length === count,
      (f) => Object.fromEntries(Object.entries({ ...f, [TOKEN]: 'true' }).slice(0, count)),
      ['RQ-6', 'RQ-9', 'RQ-11', 'RQ-14', 'RQ-16'],
    ),
    shaped(
      [3, `the option is ${option}`, 'option'],
      (f) => f[TOKEN] === option,
      (f) => ({ ...f, [TOKEN]: option }),
      ['RQ-16', 'TK-5', 'TK-1', 'TK-3', 'TK-4'],
    ),
    shaped(
      [1, 'the option is absent', 'option'],
      (f) => !(TOKEN in f),
      (f) => without(f, TOKEN),
      ['RQ-16'],
    ),
    shaped(
      [3, `${one} equals ${other}`, 'two fields are equal'],
      (f) => one in f && f[one] === f[other],
      (f) => (one === 'first_name' ? { ...f, [other]: f[one] ?? '' } : { ...f, [one]: f[other] ?? '' }),
      [...(TAKEN[one] ?? []), ...(TAKEN[other] ?? [])],
    ),
  ]);
}

/** A trigger by two common conditions. */
export function pairTrigger(random: Random): Trigger {
  const common = (): Trigger => {
    const field = random.pick(['email_address', 'first_name', 'last_name', 'object_reference_id']);
    const one = random.pick<ValueClass>([
      longer(random.pick([10, 12, 15]), 'a'),
      contains('.'),
      contains('-'),
      matching('has a digit', 'has a character', /\d/, (value) => `${value.slice(0, 2)}7${value.slice(2)}`),
      matching('has a capital', 'letter case', /[A-Z]/, (value) => `${value.slice(0, 2)}Q${value.slice(2)}`),
    ]);
    return {
      name: `${field} ${one.name}`,
      group: one.group,
      claims: TAKEN[field] ?? [],
      fires: ({ fields, is }) => is === 'accepted' && field in fields && one.has(fields[field] ?? ''),
      witness: (base) => [{ fields: { ...base, [field]: one.make(base[field] ?? 'Abcdefgh') } }],
    };
  };
  const first = common();
  const second = random.chance(0.5) ? shapeTrigger(random) : common();
  return {
    name: `${first.name}, ${second.name}`,
    group: 'two things at a time',
    claims: [...first.claims, ...second.claims],
    fires: (seen) => first.fires(seen) && second.fires(seen),
    witness: (base) => second.witness(first.witness(base)[0]?.fields ?? base),
  };
}

/** A trigger by the form's encoding. */
export function spellingTrigger(random: Random): Trigger {
  const field = random.pick(['mobile_number', 'email_address', 'last_name', TOKEN]);
  const spelled = (
    weight: number,
    name: string,
    pattern: RegExp,
    value: (text: string) => string,
    key: (text: string) => string = String,
    from: (fields: Fields) => Fields = (fields) => fields,
  ): readonly [number, Trigger] => [
    weight,
    {
      ...{ name, group: 'spelling of the form', claims: ['EP-2', 'RQ-6', 'RQ-9', 'RQ-11', 'RQ-16'] },
      fires: ({ request, is }) => is === 'accepted' && pattern.test(request.body),
      witness: (base) => {
        const pairs = Object.entries(from(base)).map(([one, other]) => `${key(one)}=${value(other)}`);
        return [{ fields: base, body: pairs.join('&') }];
      },
    },
  ];
  const ordered = (name: string) => (fields: Fields) => ({ [name]: fields[name] ?? 'true', ...without(fields, name) });
  const last = (name: string) => (fields: Fields) => ({ ...without(fields, name), [name]: fields[name] ?? '' });
  const REFERENCE = 'object_reference_id';
  return random.weighted<Trigger>([
    spelled(
      3,
      `${field} first`,
      new RegExp(`^${field.replace('.', '\\.')}=`),
      encodeURIComponent,
      String,
      ordered(field),
    ),
    spelled(2, 'the reference last', /&object_reference_id=[^&]*$/, encodeURIComponent, String, last(REFERENCE)),
    spelled(2, 'a lowercase escape', /%(?:\d[a-f]|[a-f][\da-f])/, (text) => encodeURIComponent(text).toLowerCase()),
    spelled(2, 'an escaped letter or digit', /%[4-7][1-9a-f]|%3\d/i, percentCode),
    spelled(2, 'an escaped field name', /(?:^|&)[^=&]*%/, percentCode, percentCode),
    spelled(2, 'an @ that is not escaped', /@/, String),
    spelled(1, 'a bare = in a value', /=[^&]*=/, String, String, (fields) => ({
      ...fields,
      email_address: 'a=b@example.com',
    })),
    spelled(1, 'an escaped hyphen, dot or underscore', /%(?:2d|2e|5f)/i, (text) => text.replaceAll('.', '%2E')),
    spelled(1, 'no escape at all', /^[^%]*$/, String),
  ]);
}

function shaped(
  [weight, name, group]: readonly [number, string, string],
  has: (fields: Fields) => boolean,
  make: (fields: Fields) => Fields,
  claims: readonly string[] = [],
): readonly [number, Trigger] {
  const fires: Trigger['fires'] = ({ fields, is }) => is === 'accepted' && has(fields);
  return [weight, { name, group, claims, fires, witness: (base) => [{ fields: make(base) }] }];
}

export function without(fields: Fields, name: string): Fields {
  const { [name]: _, ...rest } = fields;
  return rest;
}

function percentCode(text: string): string {
  return Array.from(Buffer.from(text), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
}

function numberFrom(text: string, length: number): string {
  let digits = '';
  for (const character of text) digits += String(character.charCodeAt(0));
  return `9${digits.repeat(2)}`.slice(0, length);
}

function uuidFrom(text: string): string {
  const hex = Buffer.from(`${text}0123456789abcdef`).toString('hex').slice(0, 32);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
