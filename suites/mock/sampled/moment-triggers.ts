import { TOKEN_OPTION as TOKEN } from '../steps.ts';
import type { Fields } from '../store.ts';
import type { Seen } from './effect.ts';
import type { Ask, Trigger } from './front.ts';
import type { Random } from './random.ts';
import { without } from './value-triggers.ts';

/** Another customer. @param n number of the customer */
function another(base: Fields, n: number): Fields {
  return { ...base, object_reference_id: `${n}-other-${base['object_reference_id'] ?? ''}`, first_name: `Other${n}` };
}

/** Calls one after the other. */
function asks(...fields: readonly Fields[]): Ask[] {
  return fields.map((one) => ({ fields: one }));
}

function again(base: Fields, count: number): Ask[] {
  return asks(...Array<Fields>(count).fill(base));
}

/** A call of a customer, calls of others, and the first one again. */
function withOthers(base: Fields, count: number): Ask[] {
  return asks(base, ...Array.from({ length: count }, (_, n) => another(base, n)), base);
}

const withToken = (base: Fields): Fields => ({ ...base, [TOKEN]: 'true' });
const asksForToken = ({ fields }: Seen) => fields[TOKEN] === 'true';
const referenceOf = ({ fields }: Seen) => fields['object_reference_id'] ?? '';
const isAccepted = ({ is }: Seen) => is === 'accepted';

/** A trigger for accepted calls as a row of a table. `claims`: with spaces in between. */
type Row = readonly [
  weight: number,
  name: string,
  claims: string,
  fires: Trigger['fires'],
  witness: Trigger['witness'],
];

function drawnFrom(random: Random, rows: readonly Row[]): Trigger {
  const [, name, claims, fires, witness] = random.weighted(rows.map((row) => [row[0], row] as const));
  return { name, claims: claims.split(' '), witness, fires: (seen) => isAccepted(seen) && fires(seen) };
}

/** A trigger by the call's position in the run, or among the calls for its customer. */
export function positionTrigger(random: Random): Trigger {
  const every = random.between(2, 40);
  const from = random.pick([5, 10, 16, 20, 32, 50, 64, 100, 128, 150, 200, 250]);
  const nth = random.between(2, 5);
  const after = random.pick([1, 2, 3, 5, 8, 10, 16, 20, 32, 50, 64, 100, 128]);
  return drawnFrom(random, [
    [
      2,
      `every ${every}th call`,
      'GC-1 TK-5',
      ({ position }) => position % every === 0,
      (base) => again(base, every * 2),
    ],
    [1.5, `from call ${from} on`, 'GC-1', ({ position }) => position >= from, (base) => withOthers(base, from)],
    [
      3,
      `call ${nth} of a customer`,
      'GC-1 TK-4 TK-5',
      ({ before }) => before.filter(isAccepted).length === nth - 1,
      (base) => again(base, nth),
    ],
    [
      2,
      `a later call of a customer, ${after} others after its creation`,
      'GC-1',
      (seen) => seen.exists && seen.customers.length - 1 - seen.customers.indexOf(referenceOf(seen)) >= after,
      (base) => withOthers(base, after + 1),
    ],
    [
      1,
      'a call for another customer than the last',
      'GC-1 GC-2',
      (seen) => seen.exists && seen.last !== undefined && referenceOf(seen.last) !== referenceOf(seen),
      (base) => withOthers(base, 1),
    ],
    [1, 'the first call of a customer', 'GC-1 RS-9', ({ exists }) => !exists, asks],
    [1, 'a later call of a customer', 'GC-1 TK-4 TK-5', ({ exists }) => exists, (base) => again(base, 2)],
  ]);
}

/** Refused calls by reason. */
const REFUSED: readonly (readonly [what: string, is: Seen['is'], ask: (fields: Fields) => Ask])[] = [
  ['a bad request', 'bad-request', (fields) => ({ fields: { ...fields, first_name: 'Ev<' } })],
  ['a call with a wrong key', 'key-refused', (fields) => ({ fields, authorization: 'Basic eDo=' })],
  ['a call without a merchant', 'merchant-refused', (fields) => ({ fields, merchant: null })],
];

const OTHER_VALUES = {
  mobile_number: '8123456780',
  email_address: 'Other.Person@mail.example.org',
  first_name: 'Someone',
  last_name: 'Else',
  mobile_country_code: '971',
} as const;

/** A trigger by earlier calls. */
export function historyTrigger(random: Random): Trigger {
  const [what, is, ask] = random.pick(REFUSED);
  const [field, other] = random.pick(Object.entries(OTHER_VALUES));
  const optional = field === 'mobile_number' ? 'email_address' : field;
  const lastOf = ({ before }: Seen) => before.at(-1);
  const acceptedBefore = ({ before }: Seen): Fields => before.findLast(isAccepted)?.fields ?? {};
  return drawnFrom(random, [
    [
      2,
      `the call after ${what}`,
      'GC-4 GC-1',
      ({ last }) => last?.is === is,
      (base) => [{ fields: base }, ask(base), { fields: base }],
    ],
    [
      2,
      `the customer's call before was ${what}`,
      'GC-4 GC-1',
      (seen) => lastOf(seen)?.is === is,
      (base) => [ask(base), { fields: base }],
    ],
    [
      2,
      `an existing customer's call before was ${what}`,
      'GC-4 GC-1',
      (seen) => seen.exists && lastOf(seen)?.is === is,
      (base) => [{ fields: base }, ask(base), { fields: base }],
    ],
    [
      1,
      `the customer was refused twice, the last time as ${what}`,
      'GC-4 GC-1',
      (seen) => lastOf(seen)?.is === is && seen.before.filter((call) => !isAccepted(call)).length > 1,
      (base) => [{ fields: base }, ask(base), ask(base), { fields: base }],
    ],
    [
      2,
      "the customer's call before asked for a token",
      'GC-1 TK-2 TK-3 TK-4 TK-5',
      (seen) => lastOf(seen)?.fields[TOKEN] === 'true',
      (base) => asks(withToken(base), base),
    ],
    [
      1,
      'the call before, of another customer, asked for a token',
      'GC-1 TK-2 TK-3 TK-4 TK-5 TK-6',
      (seen) => seen.last !== undefined && asksForToken(seen.last) && referenceOf(seen.last) !== referenceOf(seen),
      (base) => asks(base, withToken(another(base, 1)), base),
    ],
    [
      1,
      'a token is asked for again',
      'GC-1 TK-4 TK-5',
      (seen) => asksForToken(seen) && seen.before.some((call) => isAccepted(call) && asksForToken(call)),
      (base) => again(withToken(base), 2),
    ],
    [
      3,
      `a later call with another ${field}`,
      'GC-1',
      (seen) => {
        const known = acceptedBefore(seen)[field];
        return known !== undefined && field in seen.fields && known !== seen.fields[field];
      },
      (base) => asks(base, { ...base, [field]: other }),
    ],
    [
      2,
      `a later call without ${optional}`,
      'GC-1',
      (seen) => optional in acceptedBefore(seen) && !(optional in seen.fields),
      (base) => asks(base, without(base, optional)),
    ],
    [
      1,
      'the same call again, to the letter',
      'GC-1',
      (seen) => lastOf(seen)?.request.body === seen.request.body,
      (base) => again(base, 2),
    ],
  ]);
}

/** A trigger by concurrent calls. */
export function burstTrigger(random: Random): Trigger {
  const size = random.pick([1, 1, 1, 2, 3, 5]);
  const same = (seen: Seen) => seen.underWay.filter((call) => referenceOf(call) === referenceOf(seen));
  const others = (seen: Seen) => seen.underWay.filter((call) => referenceOf(call) !== referenceOf(seen));
  const together = (list: readonly Fields[]): Ask[] => list.map((fields, index) => ({ fields, together: index > 0 }));
  const drawn = drawnFrom(random, [
    [
      3,
      `${size} or more other calls for a new customer under way`,
      'GC-1',
      (seen) => !seen.exists && same(seen).length >= size,
      (base) => together(Array<Fields>(size + 2).fill(base)),
    ],
    [
      2,
      'another call for an existing customer under way',
      'GC-1',
      (seen) => seen.before.some((call) => isAccepted(call) && !seen.underWay.includes(call)) && same(seen).length > 0,
      (base) => [{ fields: base }, ...together([base, base, base])],
    ],
    [
      2,
      `${size} or more calls for other customers under way`,
      'GC-2 RS-4',
      (seen) => others(seen).length >= size,
      (base) => together(Array.from({ length: size + 2 }, (_, n) => another(base, n))),
    ],
    [
      1,
      'calls under way for one customer, one of them asking for a token and one not',
      'GC-1 TK-5',
      (seen) => same(seen).some((call) => asksForToken(call) !== asksForToken(seen)),
      (base) => together([base, withToken(base), base, withToken(base)]),
    ],
    [
      1,
      'calls under way for one customer with other data',
      'GC-1',
      (seen) => same(seen).some((call) => call.fields['first_name'] !== seen.fields['first_name']),
      (base) => together([base, { ...base, first_name: 'Someone' }, base, { ...base, first_name: 'Else' }]),
    ],
    [
      1,
      'a token asked for while another customer asks for one',
      'TK-6',
      (seen) => asksForToken(seen) && others(seen).some(asksForToken),
      (base) => together([0, 1, 2].map((n) => withToken(another(base, n)))),
    ],
  ]);
  return { ...drawn, claims: ['GC-3', ...drawn.claims], overlaps: true };
}
