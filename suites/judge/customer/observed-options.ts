import type { MockOptions } from '../../mock/options.ts';
import type { Observation } from '../result.ts';

/** What a mock would have to be told, to be seen like this; undefined where no mock option stands for it. */
export type OptionRule = (seen: Observation) => Partial<MockOptions> | undefined;

type Acceptance = 'jsonBody' | 'otherMediaType' | 'unversionedPath' | 'keyWithoutColon' | 'password' | 'otherMerchant';

const isClientError = (status: unknown): status is number =>
  typeof status === 'number' && status >= 400 && status < 500;

function acceptance(name: Acceptance): OptionRule {
  return ({ code, values: { status } }) => {
    if (code === 'accepted' && status === 200) return { [name]: 'accept' };
    return code === 'refused' && isClientError(status) ? { [name]: 'refuse' } : undefined;
  };
}

function refusal(name: 'keyRefusal' | 'merchantRefusal'): OptionRule {
  return ({ code, values: { status } }) =>
    code === 'refused' && isClientError(status) ? { [name]: status } : undefined;
}

function byCode(options: Readonly<Record<string, Partial<MockOptions>>>): OptionRule {
  return ({ code }) => options[code];
}

/** Observations as mock options; a rule with more than one case needs them to agree. */
export const OPTION_RULES: readonly { readonly cases: readonly string[]; readonly option: OptionRule }[] = [
  { cases: ['EP-3/json-body'], option: acceptance('jsonBody') },
  { cases: ['EP-5/text-plain', 'EP-5/no-media-type'], option: acceptance('otherMediaType') },
  { cases: ['EP-6/without-version'], option: acceptance('unversionedPath') },
  { cases: ['AU-5/no-credentials', 'AU-5/wrong-key'], option: refusal('keyRefusal') },
  { cases: ['AU-5/no-merchant'], option: refusal('merchantRefusal') },
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
      const [kind, ...others] = new Set(Object.values((fields ?? {}) as Readonly<Record<string, string>>));
      const isOne = others.length === 0 && (kind === 'absent' || kind === 'empty' || kind === 'null');
      return isOne ? { unsent: kind } : undefined;
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

/** Whether an option tells all of what was seen: the mock's refusals are JSON, whatever a service's are. */
export function isWhollyTold({ code, values: { mediaType } }: Observation): boolean {
  return code !== 'refused' || mediaType === 'application/json';
}
