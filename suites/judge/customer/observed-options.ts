import { DEFAULT_MOCK_OPTIONS, type MockOptions } from '../../mock/options.ts';
import type { Observation } from '../result.ts';

/** The mock options that would cause an observation; undefined if there are none. */
export type OptionRule = (seen: Observation) => Partial<MockOptions> | undefined;

type NameOf<Value> = { [Name in keyof MockOptions]: Value extends MockOptions[Name] ? Name : never }[keyof MockOptions];

const isClientError = (status: unknown): status is number =>
  typeof status === 'number' && status >= 400 && status < 500;

function acceptance(name: NameOf<'accept'>): OptionRule {
  return ({ code, values: { status } }) => {
    if ((code === 'accepted' && status === 200) || code === 'came-back') return { [name]: 'accept' };
    return code === 'refused' && isClientError(status) ? { [name]: 'refuse' } : undefined;
  };
}

function refusal(name: 'keyRefusal' | 'merchantRefusal'): OptionRule {
  return ({ code, values: { status } }) =>
    code === 'refused' && isClientError(status) ? { [name]: status } : undefined;
}

function byCode(options: Readonly<Record<string, Partial<MockOptions>>>): OptionRule {
  return ({ code }) => (Object.hasOwn(options, code) ? options[code] : undefined);
}

/** Maximum length of the cases' ordinary values; the long ones exceed it. */
const SHORTER_THAN_LONG = 128;

/** Observations as mock options, by the cases that make them; with several cases they have to agree. */
export const OPTION_RULES: readonly { readonly cases: readonly string[]; readonly option: OptionRule }[] =
  Object.entries({
    'EP-3/json-body': acceptance('jsonBody'),
    'EP-5/text-plain EP-5/no-media-type': acceptance('otherMediaType'),
    'EP-6/without-version': acceptance('unversionedPath'),
    'AU-5/no-credentials AU-5/wrong-key': refusal('keyRefusal'),
    'AU-5/no-merchant': (seen) =>
      seen.code === 'accepted' ? { missingMerchant: 'accept' } : refusal('merchantRefusal')(seen),
    'AU-5/key-without-colon': acceptance('keyWithoutColon'),
    'AU-6/password': acceptance('password'),
    'AU-6/other-merchant': acceptance('otherMerchant'),
    'RQ-18/unknown-field': ({ code, values: { status } }) => {
      if (code === 'accepted' && status === 200) return { unknownFields: 'ignore' };
      return code === 'refused' && status === 400 ? { unknownFields: 'refuse' } : undefined;
    },
    'RS-7/customer-id-field': ({ code, values: { name, holds } }) => {
      if (code === 'field-absent') return { customerIdField: 'absent' };
      return name === 'Customer_id' && holds === 'the reference' ? { customerIdField: 'present' } : undefined;
    },
    'RS-8/unsent-fields': ({ values: { fields } }) => {
      const { mobile_country_code: code, ...rest } = (fields ?? {}) as Readonly<Record<string, string>>;
      const [kind, ...others] = new Set(Object.values(rest));
      const isOne = others.length === 0 && (kind === 'absent' || kind === 'empty' || kind === 'null');
      if (!isOne || (code !== kind && code !== 'filled')) return undefined;
      return { unsent: kind, unsentCountryCode: code === 'filled' ? '91' : 'unsent' };
    },
    // The mock has no option to give a token for these values.
    'RQ-17/TRUE RQ-17/yes RQ-17/1 RQ-17/empty': (seen) =>
      seen.values['token'] === true ? undefined : acceptance('otherTokenValues')(seen),
    'RQ-20/accent': acceptance('emailLetters'),
    'RQ-18/repeated-field': ({ code, values: { changed } }) => {
      if (code !== 'came-back') return undefined;
      return { repeatedField: Object.keys((changed ?? {}) as object).length === 0 ? 'first' : 'last' };
    },
    'RQ-18/long-reference RQ-18/long-name RQ-18/long-email': ({ code, values: { status } }) => {
      if (code === 'came-back') return { longestValue: DEFAULT_MOCK_OPTIONS.longestValue };
      return code === 'refused' && status === 400 ? { longestValue: SHORTER_THAN_LONG } : undefined;
    },
    'ER-3/missing-field ER-3/forbidden-character': ({ values: { words } }) => {
      const status = ((words ?? {}) as Readonly<Record<string, string>>)['status'];
      if (status === '"Bad Request"') return { errorBody: 'page' };
      return /^"invalid.request(?:_error)?"$/i.test(status ?? '') ? { errorBody: 'samples' } : undefined;
    },
    'GC-5/other-data': byCode({ kept: { laterCall: 'keep' }, updated: { laterCall: 'update' } }),
    'GC-6/letter-case': byCode({
      ...{ 'two-customers': { referenceCase: 'distinct' }, 'one-customer': { referenceCase: 'same' } },
    }),
    'TK-7/reuse': byCode({ 'token-new': { tokens: 'new' }, 'token-reused': { tokens: 'reuse' } }),
    'TK-7/lifetime': ({ values: { seconds } }) =>
      typeof seconds === 'number' && seconds > 0 ? { tokenLifetime: seconds } : undefined,
  } satisfies Readonly<Record<string, OptionRule>>).map(([ids, option]) => ({ cases: ids.split(' '), option }));

/** Whether an option describes an observation completely: the mock only refuses with JSON. */
export function isWhollyTold({ code, values: { mediaType } }: Observation): boolean {
  return code !== 'refused' || mediaType === 'application/json';
}
