import { ACCOUNT } from '../judge/customer/request.ts';
import type { CaseResult, Exchange } from '../judge/result.ts';
import type { Masker } from './mask.ts';

type Mask = Masker['mask'];

/**
 * Masks text from outside in a result: requests, answers, and sentences that quote them. Verdicts, ids, claims, steps and
 * places are the suite's own and stay, whatever a server, a key or an account is called.
 */
export function maskResult(result: CaseResult, mask: Mask): CaseResult {
  const { observation, observed, reason } = result;
  return {
    ...result,
    findings: result.findings.map((finding) => ({
      ...finding,
      expected: mask(finding.expected),
      actual: mask(finding.actual),
    })),
    ...(observation === undefined ? {} : { observation: mask(observation) }),
    ...(observed === undefined ? {} : { observed: { ...observed, values: maskValues(observed.values, mask) } }),
    ...(reason === undefined ? {} : { reason: mask(reason) }),
    exchanges: result.exchanges.map((exchange) => maskExchange(exchange, mask)),
  };
}

/** Masks the strings of JSON values, but not the property names, which are the suite's own. */
function maskValues<T>(value: T, mask: Mask): T {
  if (typeof value === 'string') return mask(value) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => maskValues(item, mask)) as T;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, maskValues(item, mask)])) as T;
}

/** Masks an exchange in the same way. */
export function maskExchange(exchange: Exchange, mask: Mask): Exchange {
  const { request, response, failure, retried } = exchange;
  return {
    ...exchange,
    request: {
      ...request,
      path: mask(request.path),
      headers: mapHeaders(request.headers, (name, value) => [name, maskSent(name, value, mask)]),
      body: mask(request.body),
    },
    ...(response === undefined
      ? {}
      : {
          response: {
            ...response,
            headers: mapHeaders(response.headers, (name, value) => [mask(name), mask(value)]),
            body: mask(response.body),
          },
        }),
    ...(failure === undefined ? {} : { failure: { ...failure, message: mask(failure.message) } }),
    retried: retried.map(mask),
  };
}

/** The account is masked in its own header even if it is a common word. */
function maskSent(name: string, value: string, mask: Mask): string {
  return name === ACCOUNT.header && value !== '' && value !== ACCOUNT.nobody ? `[${ACCOUNT.name}]` : mask(value);
}

function mapHeaders(
  headers: Readonly<Record<string, string>>,
  change: (name: string, value: string) => [string, string],
): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => change(name, value)));
}
