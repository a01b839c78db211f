import type { Random } from './random.ts';

/** A class of values of one field: which belong to it, and how to make one from an ordinary value. */
export interface ValueClass {
  readonly name: string;
  readonly has: (value: string) => boolean;
  readonly make: (ordinary: string) => string;
}

const ONES = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
/** Allowed values that people and programs use in these fields. */
const EMAIL_MARKS = [..."!#$%&'*+-/=?^_.{|}~`"];
const NAME_MARKS = [...'().-_'];
const REFERENCE_MARKS = [...'-_.+@-_.@/:#=&%~'];
const WORDS = ['null', 'undefined', 'NaN', 'true', 'false', 'None', 'nil', 'Infinity', 'NULL', 'None', 'test', 'admin'];
const SQL = ['select', 'or', 'drop', 'Null', 'script', 'on', 'End'];

export function contains(mark: string, name = `has ${mark}`): ValueClass {
  const make = (value: string) => `${value.slice(0, 3)}${mark}${value.slice(3)}`;
  return { name, has: (value) => value.includes(mark), make };
}

function starts(mark: string): ValueClass {
  const has = (value: string) => value.startsWith(mark);
  return { name: `starts with ${mark}`, has, make: (value) => mark + value.slice(1) };
}

function ends(mark: string): ValueClass {
  const has = (value: string) => value.endsWith(mark);
  return { name: `ends with ${mark}`, has, make: (value) => value.slice(0, -1) + mark };
}

function doubled(mark: string): ValueClass {
  return contains(mark + mark, `has ${mark} twice in a row`);
}

export function longer(length: number, fill = 'a'): ValueClass {
  const make = (value: string) => value.slice(0, 2) + fill.repeat(Math.max(0, length - value.length)) + value.slice(2);
  return { name: `${length} characters or more`, has: (value) => value.length >= length, make };
}

function ofLength(length: number): ValueClass {
  const make = (value: string) => value.padEnd(length, 'Ab0').slice(0, length);
  return { name: `of ${length} characters`, has: (value) => value.length === length, make };
}

export function matching(name: string, pattern: RegExp, example: string | ((value: string) => string)): ValueClass {
  const make = typeof example === 'string' ? () => example : example;
  return { name, has: (value) => pattern.test(value), make };
}

function word(text: string): ValueClass {
  return { name: `is the word ${text}`, has: (value) => value === text, make: () => text };
}

/** Any class of names. */
export function ofNames(random: Random): ValueClass {
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
    [1, matching('digits only', /^\d+$/, '4711')],
    [1, matching('zeros in front', /^0\d+$/, '007')],
    [1, matching('a number with an exponent', /^\d+e\d+$/i, '1e3')],
    [1, matching('a decimal number', /^\d+\.\d+$/, '1.50')],
    [1, matching('punctuation only', /^[().\-_]+$/, '-')],
    [1, matching('capitals only', /^[^a-z]*[A-Z][^a-z]*$/, 'MARIA')],
    [1, matching('lowercase only', /^[^A-Z]*[a-z][^A-Z]*$/, 'maria')],
    [1, matching('a capital inside', /.[a-z].*[A-Z]/, 'McDonald')],
    [1, matching('a part in parentheses', /\(.+\)/, 'Maria(May)')],
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
    [1, inLocal(matching('digits only', /^\d+$/, '98765'))],
    [1, matching('has a capital', /[A-Z]/, 'Maria.Tan@example.com')],
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
    [1, matching('digits only', /^\d+$/, (value) => numberFrom(value, 12))],
    [1, matching('zeros in front', /^0\d+$/, (value) => `00${numberFrom(value, 9)}`)],
    [1, matching('more than 15 digits', /^\d{16,}$/, (value) => numberFrom(value, 20))],
    [1, matching('a number with an exponent', /^\d+e\d+$/i, (value) => `1e${numberFrom(value, 8)}`)],
    [1, matching('an email address', /^[^@]+@[^@]+\.[^@]+$/, (value) => `${value.slice(0, 30)}@example.com`)],
    [1, matching('ten digits', /^\d{10}$/, (value) => numberFrom(value, 10))],
    [1, matching('a UUID', /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i, uuidFrom)],
    [1, matching('a UUID in capitals', /^[\dA-F]{8}(-[\dA-F]{4}){3}-[\dA-F]{12}$/, (v) => uuidFrom(v).toUpperCase())],
    [1, matching('has a capital', /[A-Z]/, (value) => `C${value}`)],
    [1, matching('capitals only', /^[^a-z]*[A-Z][^a-z]*$/, (value) => value.toUpperCase())],
    [1, matching('letters only', /^[A-Za-z]+$/, (value) => value.replace(/[^a-z]/gi, 'q'))],
    [1, matching('ends with a digit', /\d$/, (value) => `${value.slice(0, -1)}7`)],
    [1, matching('starts with a digit', /^\d/, (value) => `7${value}`)],
  ]);
}

function ofMobiles(random: Random): ValueClass {
  const digit = String(random.below(10));
  return random.weighted<ValueClass>([
    [3, matching(`starts with ${digit}`, new RegExp(`^${digit}`), (v) => digit + v.slice(1))],
    [2, matching('starts with 0', /^0/, (value) => `0${value.slice(1)}`)],
    [1, matching('starts with 00', /^00/, (value) => `00${value.slice(2)}`)],
    [1, matching('of eight digits', /^\d{8}$/, '81234567')],
    [1, matching('of ten digits', /^\d{10}$/, '9123456780')],
    [1, matching('ends with 0', /0$/, (value) => `${value.slice(0, -1)}0`)],
    [1, matching('starts with 91', /^91/, '9112345678')],
    [1, matching('starts with 65', /^65/, '6512345678')],
    [1, matching('a digit three times in a row', /(\d)\1\1/, '9877765432')],
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

/** Draws a class of a field's values. */
export const CLASSES: Readonly<Record<string, (random: Random) => ValueClass>> = {
  object_reference_id: ofReferences,
  mobile_number: ofMobiles,
  email_address: ofEmails,
  first_name: ofNames,
  last_name: ofNames,
  mobile_country_code: ofCountryCodes,
};

function numberFrom(text: string, length: number): string {
  let digits = '';
  for (const character of text) digits += String(character.charCodeAt(0));
  return `9${digits.repeat(2)}`.slice(0, length);
}

function uuidFrom(text: string): string {
  const hex = Buffer.from(`${text}0123456789abcdef`).toString('hex').slice(0, 32);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
