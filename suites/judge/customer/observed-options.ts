import { DEFAULT_MOCK_OPTIONS, type MockOptions } from '../../mock/options.ts';
import type { Observation } from '../result.ts';

/** The mock options that would cause an observation; undefined if there are none. */
export type OptionRule = (seen: Observation) => Partial<MockOptions> | undefined;

type Acceptance =
  | 'emailLetters'
  | 'otherTokenValues'
  | 'jsonBody'
  | 'otherMediaType'
  | 'unversionedPath'
  | 'keyWithoutColon'
  | 'password'
  | 'otherMerchant';

const isClientError = (status: unknown): status is number =>
  typeof status === 'number' && status >= 400 && status < 500;

function acceptance(name: Acceptance): OptionRule {
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

/** The mock has no option to give a token for these values. */
const otherTokenValues: OptionRule = (seen) =>
  seen.values['token'] === true ? undefined : acceptance('otherTokenValues')(seen);

/** Observations as mock options; with several cases they have to agree. */
export const OPTION_RULES: readonly { readonly cases: readonly string[]; readonly option: OptionRule }[] = [
  { cases: ['EP-3/json-body'], option: acceptance('jsonBody') },
  { cases: ['EP-5/text-plain', 'EP-5/no-media-type'], option: acceptance('otherMediaType') },
  { cases: ['EP-6/without-version'], option: acceptance('unversionedPath') },
  { cases: ['AU-5/no-credentials', 'AU-5/wrong-key'], option: refusal('keyRefusal') },
  {
    cases: ['AU-5/no-merchant'],
    option: (seen) => (seen.code === 'accepted' ? { missingMerchant: 'accept' } : refusal('merchantRefusal')(seen)),
  },
  { cases: ['AU-5/key-without-colon'], option: acceptance('keyWithoutColon') },
  { cases: ['AU-6/password'], option: acceptance('password') },
  { cases: ['AU-6/other-merchant'], option: acceptance('otherMerchant') },
  {
    cases: ['RQ-18/unknown-field'],
    option: ({ code, values: { status } }) => {
      if (code === 'accepted' && status === 200) return { unknownFields: 'ignore' };
      return code === 'refused' && status === 400 ? { unknownFields: 'refuse' } : undefined;
    },
  },
  {
    cases: ['RS-7/customer-id-field'],
    option: ({ code, values: { name, holds } }) => {
      if (code === 'field-absent') return { customerIdField: 'absent' };
      return name === 'Customer_id' && holds === 'the reference' ? { customerIdField: 'present' } : undefined;
    },
  },
  {
    cases: ['RS-8/unsent-fields'],
    option: ({ values: { fields } }) => {
      const { mobile_country_code: code, ...rest } = (fields ?? {}) as Readonly<Record<string, string>>;
      const [kind, ...others] = new Set(Object.values(rest));
      const isOne = others.length === 0 && (kind === 'absent' || kind === 'empty' || kind === 'null');
      if (!isOne || (code !== kind && code !== 'filled')) return undefined;
      return { unsent: kind, unsentCountryCode: code === 'filled' ? '91' : 'unsent' };
    },
  },
  { cases: ['RQ-17/TRUE', 'RQ-17/yes', 'RQ-17/1', 'RQ-17/empty'], option: otherTokenValues },
  { cases: ['RQ-20/accent'], option: acceptance('emailLetters') },
  {
    cases: ['RQ-18/repeated-field'],
    option: ({ code, values: { changed } }) => {
      if (code !== 'came-back') return undefined;
      return { repeatedField: Object.keys((changed ?? {}) as object).length === 0 ? 'first' : 'last' };
    },
  },
  {
    cases: ['RQ-18/long-reference', 'RQ-18/long-name', 'RQ-18/long-email'],
    option: ({ code, values: { status } }) => {
      if (code === 'came-back') return { longestValue: DEFAULT_MOCK_OPTIONS.longestValue };
      return code === 'refused' && status === 400 ? { longestValue: SHORTER_THAN_LONG } : undefined;
    },
  },
  {
    cases: ['ER-3/missing-field', 'ER-3/forbidden-character'],
    option: ({ values: { words } }) => {
      const status = ((words ?? {}) as Readonly<Record<string, string>>)['status'];
      if (status === '"Bad Request"') return { errorBody: 'page' };
      return /^"invalid.request(?:_error)?"$/i.test(status ?? '') ? { errorBody: 'samples' } : undefined;
    },
  },
  { cases: ['GC-5/other-data'], option: byCode({ kept: { laterCall: 'keep' }, updated: { laterCall: 'update' } }) },
  {
    cases: ['GC-6/letter-case'],
    option: byCode({ 'two-customers': { referenceCase: 'distinct' }, 'one-customer': { referenceCase: 'same' } }),
  },
  { cases: ['TK-7/reuse'], option: byCode({ 'token-new': { tokens: 'new' }, 'token-reused': { tokens: 'reuse' } }) },
  {
    cases: ['TK-7/lifetime'],
    option: ({ values: { seconds } }) =>
      typeof seconds === 'number' && seconds > 0 ? { tokenLifetime: seconds } : undefined,
  },
];

/** Whether an option describes an observation completely: the mock only refuses with JSON. */
export function isWhollyTold({ code, values: { mediaType } }: Observation): boolean {
  return code !== 'refused' || mediaType === 'application/json';
}
