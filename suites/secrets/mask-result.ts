import { ACCOUNT } from '../judge/customer/request.ts';
import type { CaseResult, Exchange } from '../judge/result.ts';
import type { Masker } from './mask.ts';

type Mask = Masker['mask'];

/**
 * Masks text from outside in a result: requests, answers, and sentences that quote them. Verdicts, ids, claims, steps and
 * places are the suite's own and stay, whatever a server, a key or an account is called.
 */
export function maskResult(result: CaseResult, mask: Mask): CaseResult {
  const { observed } = result;
  return {
    ...masked(result, ['observation', 'reason'], mask),
    findings: result.findings.map((finding) => masked(finding, ['expected', 'actual'], mask)),
    ...(observed === undefined ? {} : { observed: { ...observed, values: maskValues(observed.values, mask) } }),
    exchanges: result.exchanges.map((exchange) => maskExchange(exchange, mask)),
  };
}

/** An object with these of its texts masked, where it has them. */
function masked<T extends object>(object: T, names: readonly (keyof T & string)[], mask: Mask): T {
  const texts = names.flatMap((name) => (typeof object[name] === 'string' ? [[name, mask(object[name])]] : []));
  return { ...object, ...Object.fromEntries(texts) };
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
  const headersOf = (message: typeof request | NonNullable<typeof response>, change: Change) => ({
    headers: Object.fromEntries(Object.entries(message.headers).map(([name, value]) => change(name, value))),
  });
  const answered = response && {
    ...masked(response, ['body'], mask),
    ...headersOf(response, (name, value) => [mask(name), mask(value)]),
  };
  return {
    ...exchange,
    request: {
      ...masked(request, ['path', 'body'], mask),
      ...headersOf(request, (name, value) => [name, maskSent(name, value, mask)]),
    },
    ...(answered === undefined ? {} : { response: answered }),
    ...(failure === undefined ? {} : { failure: masked(failure, ['message'], mask) }),
    retried: retried.map(mask),
  };
}

type Change = (name: string, value: string) => [string, string];

/** The account is masked in its own header even if it is a common word. */
function maskSent(name: string, value: string, mask: Mask): string {
  return name === ACCOUNT.header && value !== '' && value !== ACCOUNT.nobody ? `[${ACCOUNT.name}]` : mask(value);
}
