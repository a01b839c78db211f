import { ACCOUNT } from '../judge/customer/request.ts';
import { placeholder } from '../settings/headers.ts';
import { proxyPasswords } from '../settings/proxy.ts';
import type { Keys } from '../targets/target.ts';
import { createMasker, type Masker } from './mask.ts';

/** From this length on, half a key does not match by chance. */
const LONG = 16;

/** A masker for a run's secrets: the key, its parts in the wrong keys that cases send, the account, headers, proxy passwords. */
export function createRunMasker({ apiKey, account, headers = [] }: Keys): Masker {
  const middle = Math.floor(apiKey.length / 2);
  const halves = apiKey.length < LONG ? [] : [apiKey.slice(0, middle), apiKey.slice(middle + 1)];
  return createMasker([
    ...[apiKey, apiKey.slice(0, -1), apiKey.slice(1), ...halves].map((value) => ({ value, name: 'API key' })),
    { value: account, name: ACCOUNT.name },
    ...headers.flatMap(({ name, value, secret }) => (secret ? [{ value, name: placeholder(name) }] : [])),
    ...proxyPasswords(process.env).map((value) => ({ value, name: 'proxy password' })),
  ]);
}
