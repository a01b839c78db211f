import { CONFORMING_STEPS, type World } from '../steps.ts';
import { decodeBase64 } from './decode-base64.ts';
import type { Fault } from './fault.ts';

const { checkKey, checkMerchant } = CONFORMING_STEPS;
const REFUSAL = { status: 401, reason: 'API key missing or wrong' };

/** The user name of Basic credentials; undefined without such. */
function userName(authorization: string | undefined): string | undefined {
  const encoded = /^Basic (.*)$/.exec(authorization ?? '')?.[1];
  return encoded === undefined ? undefined : decodeBase64(encoded).split(':', 1)[0];
}

/** Lets a call in where the right check or this one does. */
function alsoKey(accepts: (user: string | undefined, world: World) => boolean): Fault['patch'] {
  return () => ({
    steps: {
      checkKey: (authorization, world) =>
        accepts(userName(authorization), world) ? undefined : checkKey(authorization, world),
    },
  });
}

/** Answers refusals with something else. */
function refusals(which: 'key' | 'merchant', status: number): Fault['patch'] {
  return () => ({
    steps:
      which === 'key'
        ? { checkKey: (text, world) => checkKey(text, world) && { ...REFUSAL, status } }
        : { checkMerchant: (text, world) => checkMerchant(text, world) && { status, reason: 'no merchant' } },
  });
}

const ALSO_OTHER_KEYS = { 'AU-3': 'a wrong key is refused in the same way' };

/** Faults of credentials and merchant. */
export const accessFaults: readonly Fault[] = [
  {
    name: 'no-credentials-accepted',
    claim: 'AU-2',
    description: 'a call without credentials is let in',
    related: { 'AU-3': 'a header that is not Basic counts as none' },
    comesAndGoes: true,
    patch: alsoKey((user) => user === undefined),
  },
  {
    name: 'any-key-accepted',
    claim: 'AU-3',
    description: 'any user name is let in',
    patch: alsoKey((user) => user !== undefined && user !== ''),
  },
  {
    name: 'empty-key-accepted',
    claim: 'AU-3',
    description: 'an empty user name is let in',
    patch: alsoKey((user) => user === ''),
  },
  {
    name: 'longer-key-accepted',
    claim: 'AU-3',
    description: 'a key is let in that begins with the right one',
    patch: alsoKey((user, { apiKey }) => user?.startsWith(apiKey) === true),
  },
  {
    name: 'cut-key-accepted',
    claim: 'AU-3',
    description: 'a key is let in that the right one begins with',
    patch: alsoKey((user, { apiKey }) => user !== undefined && user !== '' && apiKey.startsWith(user)),
  },
  {
    name: 'key-in-any-letter-case',
    claim: 'AU-3',
    description: 'the letter case of the key does not matter',
    patch: alsoKey((user, { apiKey }) => user?.toLowerCase() === apiKey.toLowerCase()),
  },
  {
    name: 'key-with-colon-refused',
    claim: 'AU-1',
    description: 'only the bare key without the colon is let in',
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
    description: 'a call without a merchant id is let in',
    patch: () => ({
      steps: {
        checkMerchant: (merchant, world) => (merchant === undefined ? undefined : checkMerchant(merchant, world)),
      },
    }),
  },
  {
    name: 'empty-merchant-accepted',
    claim: 'AU-4',
    description: 'a call with an empty merchant id is let in',
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
    description: 'a refusal has the data of the customer that the call names',
    related: { ...ALSO_OTHER_KEYS, 'AU-4': 'a refusal for want of a merchant id has them too' },
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
    description: 'a refusal has the id of the customer that the call names',
    related: { 'AU-2': 'a refusal for want of credentials has it too', 'AU-4': 'one for want of a merchant id too' },
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
