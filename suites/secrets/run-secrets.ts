import { hasKeyAnywhere } from '../judge/body.ts';
import { keyFor } from '../judge/request.ts';
import type { CaseResult } from '../judge/result.ts';
import type { Target } from '../targets/target.ts';
import { createMasker, type Masker } from './mask.ts';

/** A masker for a run's key, its near neighbours that are sent to be refused, and its merchant id. */
export function createRunMasker({ apiKey, merchantId }: Pick<Target, 'apiKey' | 'merchantId'>): Masker {
  const neighbours = (['right', 'longer', 'shorter', 'other-case'] as const).map((kind) => keyFor(kind, apiKey) ?? '');
  return createMasker([
    ...neighbours.map((value) => ({ value, name: 'API key' })),
    { value: merchantId, name: 'merchant id' },
  ]);
}

/** A case's result with the run's secrets and every client auth token in it masked. */
export function maskResult(result: CaseResult, masker: Masker): CaseResult {
  for (const { response } of result.exchanges) {
    for (const value of tokensIn(response?.body ?? '')) masker.learn({ value, name: 'client auth token' });
  }
  return masker.maskDeep(result);
}

/** The values of client_auth_token in a body, also where the body is no JSON. */
export function* tokensIn(body: string): Generator<string> {
  try {
    const value: unknown = JSON.parse(body);
    if (!hasKeyAnywhere(value, 'client_auth_token')) return;
  } catch {
    // Not JSON: whatever looks like the pair is taken.
  }
  for (const [, text = ''] of body.matchAll(/"client_auth_token"\s*:\s*"((?:[^"\\]|\\.)*)"/g)) {
    yield text;
    try {
      yield JSON.parse(`"${text}"`) as string;
    } catch {
      // An escape that is none: the text as it stands is masked.
    }
  }
}
