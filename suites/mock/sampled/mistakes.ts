import { TOKEN_OPTION as TOKEN } from '../steps.ts';
import type { Fields } from '../store.ts';
import type { Seen } from './effect.ts';
import type { Trigger } from './front.ts';
import type { Random } from './random.ts';

/** A mistake in a field: which values have it, how to make it, and the value without it. */
interface Mistake {
  readonly name: string;
  readonly claim: string;
  readonly field: string;
  readonly has: (value: string | undefined) => boolean;
  readonly make: (value: string) => string | undefined;
  /** The value as read by a server that overlooks the mistake. */
  readonly unseen: (value: string | undefined) => string;
}

const NAME_FORBIDDEN = [...'!"#$%&\'*+,/:;<=>?@[\\]^`{|}~'];
const EMAIL_FORBIDDEN = [...'"(),:;<>[\\] '];
const CONTROLS = ['\0', '\t', '\n', '\r', '\r\n', '\u0001', '\u001b', '\u007f'];
const SYMBOLS = [...'\u2019\u201c\u20ac\u2026\u2014\u00d7\u00b0\u2122\u00bf\u00ab\u3002\u{1f600}'];

/** Whether a value has a mark in a place, and how to put it there. */
type Place = readonly [isAt: (value: string, mark: string) => boolean, spoil: (value: string, mark: string) => string];

function inserted(at: (value: string) => number): Place[1] {
  return (value, mark) => `${value.slice(0, at(value))}${mark}${value.slice(at(value))}`;
}

const endOfLocal = (value: string) => (value.includes('@') ? value.indexOf('@') : 2);

const PLACES: Readonly<Record<string, Place>> = {
  anywhere: [(value, mark) => value.includes(mark), inserted(() => 2)],
  first: [(value, mark) => value.startsWith(mark), (value, mark) => mark + value],
  last: [(value, mark) => value.endsWith(mark), (value, mark) => value + mark],
  inside: [(value, mark) => value.slice(1, -1).includes(mark), inserted(() => 2)],
  'in the domain': [
    (value, mark) => value.split('@')[1]?.includes(mark) === true,
    inserted((value) => endOfLocal(value) + 3),
  ],
  'at the end of the local part': [
    (value, mark) => value.split('@', 1)[0]?.endsWith(mark) === true,
    inserted(endOfLocal),
  ],
};

function characterMistake(random: Random): Mistake {
  const field = random.pick(['email_address', 'email_address', 'first_name', 'last_name']);
  const claim = { email_address: 'RQ-7', first_name: 'RQ-10', last_name: 'RQ-12' }[field] ?? '';
  const plain = field === 'email_address' ? EMAIL_FORBIDDEN : NAME_FORBIDDEN;
  const [kind, marks] = random.weighted<readonly [string, readonly string[]]>([
    [5, ['a forbidden character', [random.pick(plain)]]],
    [2, ['a control character', [random.pick(CONTROLS)]]],
    [2, ['a symbol beyond ASCII', [random.pick(SYMBOLS)]]],
    [1, ['any control character', CONTROLS]],
    [1, ['any symbol beyond ASCII', SYMBOLS]],
    [1, ['any forbidden punctuation', plain.filter((mark) => mark !== ' ')]],
  ]);
  const place = random.weighted([
    [4, 'anywhere'],
    [2, 'first'],
    [2, 'last'],
    [2, 'inside'],
    [field === 'email_address' ? 2 : 0, 'in the domain'],
    [field === 'email_address' ? 2 : 0, 'at the end of the local part'],
  ]);
  const mark = random.pick(marks);
  const [isAt, spoil] = PLACES[place] as Place;
  const shown = marks.length > 1 ? '' : ` ${JSON.stringify(mark)}`;
  return {
    ...{ name: `${field} with ${kind}${shown} ${place}`, claim, field },
    has: (value) => value !== undefined && marks.some((one) => isAt(value, one)),
    make: (value) => spoil(value.length > 1 ? value : 'Maria', mark),
    unseen: (value = '') => marks.reduce((text, one) => text.replaceAll(one, ''), value),
  };
}

function edgeMistake(random: Random): Mistake {
  const mark = random.pick(['_', '.']);
  const pattern = random.pick([new RegExp(`^\\${mark}`), new RegExp(`\\${mark}@`)]);
  const isFirst = pattern.source.startsWith('^');
  return {
    name: `email_address with ${mark} ${isFirst ? 'first' : 'last'} in the local part`,
    ...{ claim: 'RQ-8', field: 'email_address' },
    has: (value) => value !== undefined && pattern.test(value),
    make: (value) => (isFirst ? mark + value : value.replace('@', `${mark}@`)),
    unseen: (value = '') => value.replace(/^[_.]+/, '').replace(/[_.]+@/, '@'),
  };
}

function mandatoryMistake(random: Random): Mistake {
  const [field, claim] = random.pick([
    ['object_reference_id', 'RQ-1'],
    ['mobile_number', 'RQ-3'],
  ] as const);
  const isAbsent = random.chance(0.5);
  const short = random.between(1, 7);
  const right = field === 'mobile_number' ? '9876543210' : 'a-reference-that-was-there';
  if (random.chance(0.3)) {
    return {
      name: `a reference of ${short} characters`,
      ...{ claim: 'RQ-2', field: 'object_reference_id' },
      has: (value) => value?.length === short,
      make: (value) => value.slice(-short),
      unseen: (value = '') => value.padEnd(8, 'x'),
    };
  }
  return {
    ...{ name: `${field} ${isAbsent ? 'absent' : 'empty'}`, claim, field },
    has: (value) => value === (isAbsent ? undefined : ''),
    make: () => (isAbsent ? undefined : ''),
    unseen: () => right,
  };
}

/** The claims about a field's invalid values. */
const FORBIDDING: Readonly<Record<string, readonly string[]>> = {
  object_reference_id: ['RQ-1', 'RQ-2'],
  mobile_number: ['RQ-3'],
  email_address: ['RQ-7', 'RQ-8'],
  first_name: ['RQ-10'],
  last_name: ['RQ-12'],
};

/** Situations in which a server may overlook a mistake, and the fields that lead to it. */
type Context = readonly [where: string, holds: (seen: Seen) => boolean, fields?: (base: Fields) => Fields];

const ALWAYS: Context = ['', () => true];
const CONTEXTS: readonly Context[] = [
  ...[ALWAYS, ALWAYS, ALWAYS],
  [' for a customer that exists', ({ exists }) => exists],
  [' for a new customer', ({ exists }) => !exists],
  [' asking for a token', ({ fields }) => fields[TOKEN] === 'true', (base) => ({ ...base, [TOKEN]: 'true' })],
  [' without the option', ({ fields }) => !(TOKEN in fields)],
  [
    ' in a body of few fields',
    ({ fields }) => Object.keys(fields).length <= 3,
    ({ object_reference_id = '', mobile_number = '' }) => ({ object_reference_id, mobile_number }),
  ],
  [' in a body of many fields', ({ fields }) => Object.keys(fields).length >= 5],
];

/**
 * A trigger by a mistake in the body: of one kind, or any in one field.
 * @param isAlone nothing else is wrong, so that it could be overlooked
 */
export function mistakeTrigger(
  random: Random,
  which: 'one kind' | 'any in a field',
  isAlone = which === 'one kind',
): Trigger & { readonly unseen: (fields: Fields) => Fields } {
  const mistake = random.weighted([
    [6, characterMistake],
    [1.5, edgeMistake],
    [2, mandatoryMistake],
  ])(random);
  const { field, make, claim } = mistake;
  const isOne = which === 'one kind';
  // A server that skips all checks does so in some situation; one that misses a character misses it everywhere.
  const [where, holds, fieldsFrom = (base: Fields) => base] = isOne ? ALWAYS : random.pick(CONTEXTS);
  return {
    name: `${isOne ? mistake.name : `a mistake in ${field}`}${where}`,
    claims: isOne ? [claim] : (FORBIDDING[field] ?? []),
    fires: (seen) =>
      seen.is === 'bad-request' &&
      holds(seen) &&
      (isOne ? mistake.has(seen.fields[field]) : seen.wrong.includes(field)) &&
      (!isAlone || seen.wrong.every((name) => name === field)),
    unseen: (fields) => ({ ...fields, [field]: mistake.unseen(fields[field]) }),
    witness(base) {
      const value = make(base[field] ?? (field === 'email_address' ? 'maria@example.com' : 'Maria'));
      const { [field]: _, ...rest } = fieldsFrom(base);
      const bad = value === undefined ? rest : { ...rest, [field]: value };
      // For a new customer, then for an existing one with other data.
      const other = { ...bad, ...(field === 'last_name' ? { first_name: 'Changed' } : { last_name: 'Changed' }) };
      const later =
        field === 'object_reference_id' ? bad : where.includes('few') ? { ...bad, mobile_number: '8765432109' } : other;
      return [
        ...(where.includes('exists') ? [] : [{ fields: bad }]),
        ...(where.includes('new') ? [] : [{ fields: base }, { fields: later }]),
      ];
    },
  };
}
