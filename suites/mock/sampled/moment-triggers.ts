import { TOKEN_OPTION as TOKEN } from '../steps.ts';
import type { Fields } from '../store.ts';
import type { Ask, Seen, Trigger } from './front.ts';
import type { Random } from './random.ts';
import { without } from './value-triggers.ts';

const CHANGING = ['mobile_number', 'email_address', 'first_name', 'last_name', 'mobile_country_code'] as const;

/** Another customer. @param n number of the customer */
function another(base: Fields, n: number): Fields {
  return { ...base, object_reference_id: `${n}-other-${base['object_reference_id'] ?? ''}`, first_name: `Other${n}` };
}

function many(base: Fields, count: number): Ask[] {
  return Array.from({ length: count }, (_, n) => ({ fields: another(base, n) }));
}

type Named = readonly [weight: number, name: string, group: string, claims: readonly string[]];

/** A trigger for accepted calls, with its weight. */
function trigger([weight, name, group, claims]: Named, fires: Trigger['fires'], witness: Trigger['witness']) {
  const made: Trigger = { name, group, claims, witness, fires: (seen) => seen.is === 'accepted' && fires(seen) };
  return [weight, made] as const;
}

/** A trigger by the call's position in the run, or among the calls for its customer. */
export function positionTrigger(random: Random): Trigger {
  const every = random.between(2, 40);
  const from = random.pick([5, 10, 16, 20, 32, 50, 64, 100, 128, 150, 200, 250]);
  const nth = random.between(2, 5);
  const after = random.pick([1, 2, 3, 5, 8, 10, 16, 20, 32, 50, 64, 100, 128]);
  const again = (base: Fields, count: number) => Array.from({ length: count }, () => ({ fields: base }));
  return random.weighted<Trigger>([
    trigger(
      [2, `every ${every}th call`, 'every n-th call', ['GC-1', 'TK-5']],
      ({ position }) => position % every === 0,
      (base) => again(base, every * 2),
    ),
    trigger(
      [1.5, `from call ${from} on`, 'from the n-th call on', ['GC-1']],
      ({ position }) => position >= from,
      (base) => [{ fields: base }, ...many(base, from), { fields: base }],
    ),
    trigger(
      [3, `call ${nth} of a customer`, 'n-th call of a customer', ['GC-1', 'TK-4', 'TK-5']],
      ({ before }) => before.filter(({ is }) => is === 'accepted').length === nth - 1,
      (base) => again(base, nth),
    ),
    trigger(
      [2, `a later call of a customer, ${after} others after its creation`, 'after n customers', ['GC-1']],
      ({ exists, customers, fields }) =>
        exists && customers.length - 1 - customers.indexOf(fields['object_reference_id'] ?? '') >= after,
      (base) => [{ fields: base }, ...many(base, after + 1), { fields: base }],
    ),
    trigger(
      [1, 'a call for another customer than the last', 'after another customer', ['GC-1', 'GC-2']],
      ({ last, exists, fields }) =>
        exists && last !== undefined && last.fields['object_reference_id'] !== fields['object_reference_id'],
      (base) => [{ fields: base }, { fields: another(base, 1) }, { fields: base }],
    ),
    trigger(
      [1, 'the first call of a customer', 'n-th call of a customer', ['GC-1', 'RS-9']],
      ({ exists }) => !exists,
      (base) => [{ fields: base }],
    ),
    trigger(
      [1, 'a later call of a customer', 'n-th call of a customer', ['GC-1', 'TK-4', 'TK-5']],
      ({ exists }) => exists,
      (base) => again(base, 2),
    ),
  ]);
}

/** Refused calls by reason. */
const REFUSED: Readonly<Record<string, { is: Seen['is']; ask: (base: Fields) => Ask; claims: string[] }>> = {
  'a bad request': { is: 'bad-request', ask: (base) => ({ fields: { ...base, first_name: 'Ev<' } }), claims: ['GC-4'] },
  'a call with a wrong key': {
    is: 'key-refused',
    ask: (fields) => ({ fields, authorization: 'Basic eDo=' }),
    claims: ['GC-4'],
  },
  'a call without a merchant': {
    is: 'merchant-refused',
    ask: (fields) => ({ fields, merchant: null }),
    claims: ['GC-4'],
  },
};

/** A trigger by earlier calls. */
export function historyTrigger(random: Random): Trigger {
  const what = random.pick(Object.keys(REFUSED));
  const { is, ask, claims } = REFUSED[what] as (typeof REFUSED)[string];
  const field = random.pick(CHANGING);
  const lastOf = ({ before }: Seen) => before.at(-1);
  const acceptedBefore = ({ before }: Seen) => before.findLast((call) => call.is === 'accepted');
  return random.weighted<Trigger>([
    trigger(
      [2, `the call after ${what}`, 'after a refused call', [...claims, 'GC-1']],
      ({ last }) => last?.is === is,
      (base) => [{ fields: base }, ask(base), { fields: base }],
    ),
    trigger(
      [2, `the customer's call before was ${what}`, 'after a refused call of the customer', [...claims, 'GC-1']],
      (seen) => lastOf(seen)?.is === is,
      (base) => [ask(base), { fields: base }],
    ),
    trigger(
      [
        2,
        `an existing customer's call before was ${what}`,
        'after a refused call of the customer',
        [...claims, 'GC-1'],
      ],
      (seen) => seen.exists && lastOf(seen)?.is === is,
      (base) => [{ fields: base }, ask(base), { fields: base }],
    ),
    trigger(
      [
        1,
        `the customer was refused twice, the last time as ${what}`,
        'after refused calls of the customer',
        [...claims, 'GC-1'],
      ],
      (seen) => lastOf(seen)?.is === is && seen.before.filter((call) => call.is !== 'accepted').length > 1,
      (base) => [{ fields: base }, ask(base), ask(base), { fields: base }],
    ),
    trigger(
      [
        2,
        "the customer's call before asked for a token",
        'after a token call',
        ['GC-1', 'TK-2', 'TK-3', 'TK-4', 'TK-5'],
      ],
      (seen) => lastOf(seen)?.fields[TOKEN] === 'true',
      (base) => [{ fields: { ...base, [TOKEN]: 'true' } }, { fields: base }],
    ),
    trigger(
      [
        1,
        'the call before, of another customer, asked for a token',
        'after a token call',
        ['GC-1', 'TK-2', 'TK-3', 'TK-4', 'TK-5', 'TK-6'],
      ],
      ({ last, fields }) =>
        last?.fields[TOKEN] === 'true' && last.fields['object_reference_id'] !== fields['object_reference_id'],
      (base) => [{ fields: base }, { fields: { ...another(base, 1), [TOKEN]: 'true' } }, { fields: base }],
    ),
    trigger(
      [1, 'a token is asked for again', 'after a token call', ['GC-1', 'TK-4', 'TK-5']],
      ({ fields, before }) =>
        fields[TOKEN] === 'true' && before.some((call) => call.is === 'accepted' && call.fields[TOKEN] === 'true'),
      (base) => [{ fields: { ...base, [TOKEN]: 'true' } }, { fields: { ...base, [TOKEN]: 'true' } }],
    ),
    trigger(
      [3, `a later call with another ${field}`, 'later call with other data', ['GC-1']],
      (seen) => {
        const known = acceptedBefore(seen)?.fields[field];
        return known !== undefined && field in seen.fields && known !== seen.fields[field];
      },
      (base) => [{ fields: base }, { fields: { ...base, [field]: OTHER_VALUES[field] } }],
    ),
    trigger(
      [
        2,
        `a later call without ${field === 'mobile_number' ? 'email_address' : field}`,
        'later call leaves a field out',
        ['GC-1'],
      ],
      (seen) => {
        const name = field === 'mobile_number' ? 'email_address' : field;
        return name in (acceptedBefore(seen)?.fields ?? {}) && !(name in seen.fields);
      },
      (base) => [{ fields: base }, { fields: without(base, field === 'mobile_number' ? 'email_address' : field) }],
    ),
    trigger(
      [1, 'the same call again, to the letter', 'the same call again', ['GC-1']],
      (seen) => lastOf(seen)?.request.body === seen.request.body,
      (base) => [{ fields: base }, { fields: base }],
    ),
  ]);
}

const OTHER_VALUES: Record<(typeof CHANGING)[number], string> = {
  mobile_number: '8123456780',
  email_address: 'Other.Person@mail.example.org',
  first_name: 'Someone',
  last_name: 'Else',
  mobile_country_code: '971',
};

/** A trigger by concurrent calls. */
export function burstTrigger(random: Random): Trigger {
  const size = random.pick([1, 1, 1, 2, 3, 5]);
  const sameCustomer = (seen: Seen) =>
    seen.underWay.filter((call) => call.fields['object_reference_id'] === seen.fields['object_reference_id']);
  const others = (seen: Seen) =>
    seen.underWay.filter((call) => call.fields['object_reference_id'] !== seen.fields['object_reference_id']);
  const together = (list: readonly Fields[]): Ask[] => list.map((fields, index) => ({ fields, together: index > 0 }));
  const burst = (
    [weight, name, claims]: readonly [number, string, string[]],
    fires: Trigger['fires'],
    witness: Trigger['witness'],
  ): readonly [number, Trigger] => {
    const [, made] = trigger([weight, name, 'at the same time', ['GC-3', ...claims]], fires, witness);
    return [weight, { ...made, overlaps: true }];
  };
  return random.weighted<Trigger>([
    burst(
      [3, `${size} or more other calls for a new customer under way`, ['GC-1']],
      (seen) => !seen.exists && sameCustomer(seen).length >= size,
      (base) => together(Array.from({ length: size + 2 }, () => base)),
    ),
    burst(
      [2, 'another call for an existing customer under way', ['GC-1']],
      (seen) =>
        seen.before.some((call) => call.is === 'accepted' && !seen.underWay.includes(call)) &&
        sameCustomer(seen).length > 0,
      (base) => [{ fields: base }, ...together([base, base, base])],
    ),
    burst(
      [2, `${size} or more calls for other customers under way`, ['GC-2', 'RS-4']],
      (seen) => others(seen).length >= size,
      (base) => together(Array.from({ length: size + 2 }, (_, n) => another(base, n))),
    ),
    burst(
      [1, 'calls under way for one customer, one of them asking for a token and one not', ['GC-1', 'TK-5']],
      (seen) => sameCustomer(seen).some((call) => (call.fields[TOKEN] === 'true') !== (seen.fields[TOKEN] === 'true')),
      (base) => together([base, { ...base, [TOKEN]: 'true' }, base, { ...base, [TOKEN]: 'true' }]),
    ),
    burst(
      [1, 'calls under way for one customer with other data', ['GC-1']],
      (seen) => sameCustomer(seen).some((call) => call.fields['first_name'] !== seen.fields['first_name']),
      (base) => together([base, { ...base, first_name: 'Someone' }, base, { ...base, first_name: 'Else' }]),
    ),
    burst(
      [1, 'a token asked for while another customer asks for one', ['TK-6']],
      (seen) => seen.fields[TOKEN] === 'true' && others(seen).some((call) => call.fields[TOKEN] === 'true'),
      (base) => together([0, 1, 2].map((n) => ({ ...another(base, n), [TOKEN]: 'true' }))),
    ),
  ]);
}
