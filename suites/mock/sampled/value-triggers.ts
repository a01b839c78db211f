import { TOKEN_OPTION as TOKEN } from '../steps.ts';
import type { Fields } from '../store.ts';
import type { Trigger } from './front.ts';
import type { Random } from './random.ts';
import { CLASSES, contains, longer, matching, ofNames, type ValueClass } from './value-classes.ts';

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
  return byValue(name, (CLASSES[name] ?? ofNames)(random));
}

function byValue(field: string, one: ValueClass): Trigger {
  return {
    name: `${field} ${one.name}`,
    claims: TAKEN[field] ?? [],
    fires: ({ fields, is }) => is === 'accepted' && field in fields && one.has(fields[field] ?? ''),
    witness: (base) => [{ fields: { ...base, [field]: one.make(base[field] ?? 'Abcdefgh') } }],
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
      4,
      `without ${absent}`,
      (f) => !(absent in f),
      (f) => without(f, absent),
      TAKEN[absent],
    ),
    shaped(
      2,
      `with ${present} and without ${absent}`,
      (f) => !(absent in f) && present in f,
      (f) => without(f, absent),
      [...(TAKEN[absent] ?? []), ...(TAKEN[present] ?? [])],
    ),
    shaped(
      2,
      `without ${absent}, asking for a token`,
      (f) => !(absent in f) && f[TOKEN] === 'true',
      (f) => ({ ...without(f, absent), [TOKEN]: 'true' }),
      [...(TAKEN[absent] ?? []), 'TK-5', 'TK-1', 'TK-4'],
    ),
    shaped(
      1,
      `of ${count} fields`,
      (f) => Object.keys(f).length === count,
      (f) => Object.fromEntries(Object.entries({ ...f, [TOKEN]: 'true' }).slice(0, count)),
      ['RQ-6', 'RQ-9', 'RQ-11', 'RQ-14', 'RQ-16'],
    ),
    shaped(
      3,
      `the option is ${option}`,
      (f) => f[TOKEN] === option,
      (f) => ({ ...f, [TOKEN]: option }),
      [...['RQ-16', 'TK-5', 'TK-1', 'TK-3', 'TK-4']],
    ),
    shaped(
      1,
      'the option is absent',
      (f) => !(TOKEN in f),
      (f) => without(f, TOKEN),
      ['RQ-16'],
    ),
    shaped(
      3,
      `${one} equals ${other}`,
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
      matching('has a digit', /\d/, (value) => `${value.slice(0, 2)}7${value.slice(2)}`),
      matching('has a capital', /[A-Z]/, (value) => `${value.slice(0, 2)}Q${value.slice(2)}`),
    ]);
    return byValue(field, one);
  };
  const first = common();
  const second = random.chance(0.5) ? shapeTrigger(random) : common();
  return {
    name: `${first.name}, ${second.name}`,
    claims: [...first.claims, ...second.claims],
    fires: (seen) => first.fires(seen) && second.fires(seen),
    witness: (base) => second.witness(first.witness(base)[0]?.fields ?? base),
  };
}

function shaped(
  weight: number,
  name: string,
  has: (fields: Fields) => boolean,
  make: (fields: Fields) => Fields,
  claims: readonly string[] = [],
): readonly [number, Trigger] {
  const fires: Trigger['fires'] = ({ fields, is }) => is === 'accepted' && has(fields);
  return [weight, { name, claims, fires, witness: (base) => [{ fields: make(base) }] }];
}

export function without(fields: Fields, name: string): Fields {
  const { [name]: _, ...rest } = fields;
  return rest;
}
