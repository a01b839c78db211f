import { customers, each, type Patch, steps, stores, tokens } from '../patches.ts';
import { CONFORMING_STEPS, stored, storeKey, TOKEN_OPTION } from '../steps.ts';
import type { Fields } from '../store.ts';
import { any, asIs, stricter, type Variant, variantsOf } from './variant.ts';

const { customerFor, tokenFor } = CONFORMING_STEPS;

/** Numbered ids and tokens. */
export function numbered(
  id: (count: number) => string,
  token: (count: number) => string = (count) => `tkn_${count}`,
): Patch {
  return () => {
    let count = 0;
    return { ids: { customerId: () => id(++count), token: () => token(++count) } };
  };
}

const uuid = () => crypto.randomUUID();
const letters = /^[\p{L}\p{M}\p{N}().\-_ \u200c\u200d]*$/u;

/** Servers that behave differently where the page leaves it open. */
export const behaviourVariants: readonly Variant[] = [
  ...variantsOf('RS-2', numbered, {
    'ids-that-are-uuids': uuid,
    'ids-of-one-character': (count) => String.fromCodePoint(0x4e00 + count),
    'ids-of-300-characters': (count) => `cst_${String(count).padStart(296, '0')}`,
    'ids-with-punctuation': (count) => `urn:cst/${count}?a=b&c={d} "e"`,
    'ids-that-are-recorded-ones': (count) => `cth_${String(count).padStart(16, 'AbC0')}`,
  }),
  ...variantsOf('TK-7', (token: (count: number) => string) => numbered(uuid, token), {
    'tokens-that-are-uuids': uuid,
    'tokens-of-a-thousand-characters': (count) => `${count}${'x'.repeat(1000)}`,
    'tokens-in-base64': (count) => btoa(`token ${count} ~~~???`),
    'tokens-of-digits': (count) => String(1_000_000 + count),
  }),
  ...variantsOf('RS-2', asIs, {
    'ids-made-from-the-reference': customers((customer) => ({
      ...customer,
      id: `m1-${customer.fields['object_reference_id']}`,
    })),
  }),
  ...variantsOf('GC-5', asIs, {
    'later-data-replace-all': steps({
      customerFor(fields, world) {
        const key = storeKey(fields, world);
        const known = world.store.get(key);
        if (known !== undefined) world.store.set(key, { ...known, updated: world.now(), fields: stored(fields) });
        return customerFor(fields, world);
      },
    }),
    'later-data-taken-over-in-any-case': () => ({
      mockOptions: { laterCall: 'update', referenceCase: 'same', tokens: 'reuse', unsent: 'null' },
    }),
  }),
  ...variantsOf('TK-5', asIs, {
    'last-updated-moves-with-a-token': customers((customer, { fields, world }) =>
      fields[TOKEN_OPTION] === 'true' ? { ...customer, updated: new Date(world.now().getTime() + 2000) } : customer,
    ),
  }),
  ...variantsOf('TK-7', asIs, {
    'one-token-for-each-customer': tokens((token, { id }) => ({ ...token, value: `tkn_of_${id}` })),
  }),
  ...variantsOf('RQ-17', options, {
    'option-in-any-case': (value) => value.toLowerCase(),
    'option-1-and-yes': (value) => (/^(?:1|yes|on)$/i.test(value) ? 'true' : value === '0' ? 'false' : value),
    'option-true-where-in-doubt': (value) => (value === 'false' ? 'false' : 'true'),
    'option-ignored-where-in-doubt': (value) => (value === 'true' || value === 'false' ? value : undefined),
  }),
  ...variantsOf('RQ-13', stores, {
    'names-trimmed': each((value) => value.trim(), /_name$/),
    'names-with-one-space': each((value) => value.replace(/ +/g, ' '), /_name$/),
    'names-composed': each((value) => value.normalize('NFKC'), /_name$/),
    'names-without-accents': each((value) => value.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC'), /_name$/),
  }),
  ...variantsOf('RQ-15', stores, {
    'country-codes-without-plus': each((value) => value.replace(/^\+/, ''), /country_code$/),
    'mobile-numbers-of-digits-and-plus': each((value) => value.replace(/[^\d+]/g, '') || value, /^mobile_number$/),
  }),
  ...variantsOf('RQ-18', asIs, {
    'empty-fields-as-unsent': stores((fields) =>
      Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== '')),
    ),
    'last-of-repeated-fields': steps({ decode: (body) => Object.fromEntries(new URLSearchParams(body)) }),
  }),
  ...variantsOf('RQ-18', stricter, {
    'references-of-64-at-most': ({ object_reference_id = '' }) => object_reference_id.length > 64,
    'names-of-40-at-most': (fields) => any(fields, (value, name) => name.endsWith('_name') && value.length > 40),
    'email-addresses-of-80-at-most': ({ email_address = '' }) => email_address.length > 80,
    'references-of-printable-ascii': ({ object_reference_id = '' }) => /[^!-~]/.test(object_reference_id),
  }),
  ...variantsOf('RQ-5', stricter, {
    'mobile-numbers-of-eight-or-ten-digits': ({ mobile_number = '' }) => !/^(?:\d{8}|\d{10})$/.test(mobile_number),
    'mobile-numbers-of-digits': ({ mobile_number = '' }) => !/^\d+$/.test(mobile_number),
  }),
  ...variantsOf('RQ-15', stricter, {
    'country-codes-of-three-digits-at-most': ({ mobile_country_code = '' }) => !/^\d{0,3}$/.test(mobile_country_code),
  }),
  ...variantsOf('RQ-13', stricter, {
    'names-of-letters-of-any-script': (fields) =>
      any(fields, (value, name) => name.endsWith('_name') && !letters.test(value)),
    'names-of-latin-letters': (fields) =>
      any(fields, (value, name) => name.endsWith('_name') && !/^[\p{Script=Latin}\d().\-_ ]*$/u.test(value)),
  }),
  ...variantsOf('RQ-19', stricter, {
    'email-addresses-with-one-at-sign': ({ email_address }) =>
      email_address !== undefined && email_address.split('@').length !== 2,
    'email-addresses-with-a-dotted-domain': ({ email_address }) =>
      email_address !== undefined && !/@[^@]+\.[^@.]{2,}$/.test(email_address),
    'email-addresses-of-ascii': ({ email_address = '' }) => /[^!-~]/.test(email_address),
  }),
];

/** Interprets other values of the option as true, false or missing. */
function options(means: (value: string) => string | undefined): Patch {
  const read = ({ [TOKEN_OPTION]: value, ...rest }: Fields): Fields => {
    const meant = value === undefined ? undefined : means(value);
    return meant === undefined ? rest : { ...rest, [TOKEN_OPTION]: meant };
  };
  return steps({
    validate: (fields, validator) => validator(read(fields)),
    tokenFor: (customer, fields, world) => tokenFor(customer, read(fields), world),
  });
}
