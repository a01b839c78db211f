import { CONFORMING_STEPS } from '../steps.ts';
import type { Fault } from './fault.ts';

const { checkKey, checkMerchant } = CONFORMING_STEPS;
const REFUSAL = { status: 401, reason: 'API key missing or wrong' };

/** Changes the status of refusals. */
function refusals(which: 'key' | 'merchant', status: number): Fault['patch'] {
  return () => ({
    steps:
      which === 'key'
        ? { checkKey: (text, world) => checkKey(text, world) && { ...REFUSAL, status } }
        : { checkMerchant: (text, world) => checkMerchant(text, world) && { status, reason: 'no merchant' } },
  });
}

const ALSO_OTHER_KEYS = { 'AU-3': 'a wrong key is refused in the same way' };

/** Faults of credentials and merchant id. */
export const accessFaults: readonly Fault[] = [
  {
    name: 'no-credentials-accepted',
    claim: 'AU-2',
    description: 'a call without credentials is accepted',
    related: { 'AU-3': 'a header that is not Basic counts as none' },
    patch: () => ({
      steps: { checkKey: (header = '', world) => (/^Basic /.test(header) ? checkKey(header, world) : undefined) },
    }),
  },
  {
    name: 'key-with-colon-refused',
    claim: 'AU-1',
    description: 'only the bare key without the colon is accepted',
    patch: () => ({
      steps: {
        checkKey: (authorization, { apiKey }) =>
          authorization === `Basic ${btoa(apiKey)}` ? undefined : { ...REFUSAL },
      },
    }),
  },
  {
    name: 'no-merchant-accepted',
    claim: 'AU-4',
    description: 'a call without a merchant id is accepted',
    patch: () => ({
      steps: {
        checkMerchant: (merchant, world) => (merchant === undefined ? undefined : checkMerchant(merchant, world)),
      },
    }),
  },
  {
    name: 'empty-merchant-accepted',
    claim: 'AU-4',
    description: 'a call with an empty merchant id is accepted',
    patch: () => ({
      steps: { checkMerchant: (merchant, world) => (merchant === '' ? undefined : checkMerchant(merchant, world)) },
    }),
  },
  ...[200, 302, 500].map(
    (status): Fault => ({
      name: `key-refused-with-${status}`,
      claim: 'AU-2',
      description: `calls without the right key are refused with ${status}`,
      related: ALSO_OTHER_KEYS,
      patch: refusals('key', status),
    }),
  ),
  ...[200, 302, 500].map(
    (status): Fault => ({
      name: `merchant-refused-with-${status}`,
      claim: 'AU-4',
      description: `calls without a merchant id are refused with ${status}`,
      patch: refusals('merchant', status),
    }),
  ),
  {
    name: 'refusal-shows-customer',
    claim: 'AU-2',
    description: 'a refusal contains the data of the requested customer',
    related: { ...ALSO_OTHER_KEYS, 'AU-4': 'a refusal for a missing merchant id has it too' },
    patch: () => {
      const shown = new Map<string, string | Uint8Array>();
      return {
        rewrite(response, request) {
          const reference = new URLSearchParams(request.body).get('object_reference_id') ?? '';
          if (response.status === 200) shown.set(reference, response.body);
          const known = shown.get(reference);
          return response.status === 401 && known !== undefined ? { ...response, body: known } : response;
        },
      };
    },
  },
  {
    name: 'refusal-shows-id',
    claim: 'AU-3',
    description: 'a refusal contains the id of the requested customer',
    related: { 'AU-2': 'a refusal for missing credentials has it too', 'AU-4': 'one for a missing merchant id too' },
    patch: () => {
      const ids = new Map<string, unknown>();
      return {
        rewrite(response, request) {
          const reference = new URLSearchParams(request.body).get('object_reference_id') ?? '';
          const body = JSON.parse(String(response.body)) as Record<string, unknown>;
          if (response.status === 200) ids.set(reference, body['id']);
          if (response.status !== 401 || !ids.has(reference)) return response;
          return {
            ...response,
            body: JSON.stringify({ ...body, error_message: `no access to ${ids.get(reference)}` }),
          };
        },
      };
    },
  },
];
