import { keyFor } from '../judge/credentials.ts';
import { placeholder } from '../settings/headers.ts';
import { proxyPasswords } from '../settings/proxy.ts';
import type { Keys } from '../targets/target.ts';
import { createMasker, type Masker } from './mask.ts';

/** A masker for a run's key, its near neighbours that are sent to be refused, and its merchant id. */
export function createRunMasker({ apiKey, merchantId, headers = [] }: Keys): Masker {
  const neighbours = (['right', 'longer', 'shorter', 'other-case'] as const).map((kind) => keyFor(kind, apiKey) ?? '');
  const letterCases = [apiKey, merchantId].flatMap((value) => [value.toLowerCase(), value.toUpperCase()]);
  return createMasker([
    ...neighbours.map((value) => ({ value, name: 'API key' })),
    { value: merchantId, name: 'merchant id' },
    ...letterCases.map((value, index) => ({ value, name: index < 2 ? 'API key' : 'merchant id' })),
    ...headers.flatMap(({ name, value, secret }) => (secret ? [{ value, name: placeholder(name) }] : [])),
    ...proxyPasswords(process.env).map((value) => ({ value, name: 'proxy password' })),
  ]);
}
