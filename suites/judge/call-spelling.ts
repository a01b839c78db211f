import type { Call } from '../cases/case.ts';

/** The call with its fields in the ordinary encoding; undefined if they already are. */
export function withoutSpelling({ encoding, rawBody, ...call }: Call): Call | undefined {
  const isForm = encoding !== undefined && encoding !== 'form' && encoding !== 'json';
  return isForm || rawBody !== undefined ? call : undefined;
}

/** The call with its fields in this order; undefined if they already are. */
export function inOrder(call: Call, order: readonly string[]): Call | undefined {
  const names = Object.keys(call.fields);
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  const sorted = names.toSorted((one, other) => place(one) - place(other));
  if (sorted.join() === names.join()) return undefined;
  return { ...call, fields: Object.fromEntries(sorted.map((name) => [name, call.fields[name] ?? ''])) };
}
