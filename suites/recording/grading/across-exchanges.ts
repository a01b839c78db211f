import { valueAt } from '../../judge/body.ts';
import type { Flaw } from '../../judge/result.ts';
import type { OperationExchange } from './operation-exchange.ts';

/** A call that was answered with a customer. */
export interface AnsweredWithCustomer {
  readonly exchange: OperationExchange;
  readonly value: Readonly<Record<string, unknown>>;
}

/** A flaw that is seen between two exchanges; it is told with the later one. */
export interface FlawBetween {
  readonly number: number;
  readonly flaw: Flaw;
}

/** What tools write in the place of a secret: such tokens are alike though the real ones were not. */
const REDACTED = /^\W*(?:redacted|masked|removed|hidden|secret|client auth token|x+|\*+|\.+)?\W*$/i;

/** Checks what holds between answers of one server to one merchant: GC-1, GC-2, TK-6. */
export function checkAcross(answered: readonly AnsweredWithCustomer[]): FlawBetween[] {
  const flaws: FlawBetween[] = [];
  const byReference = new Map<string, AnsweredWithCustomer>();
  const byId = new Map<string, AnsweredWithCustomer>();
  const byToken = new Map<string, AnsweredWithCustomer>();
  for (const one of answered) {
    const { exchange, value } = one;
    const reference = exchange.fields?.['object_reference_id'];
    const blame = (claim: string, expected: string, actual: string, pointer: string) =>
      flaws.push({ number: exchange.number, flaw: { claim, expected, actual, pointer } });
    if (reference === undefined || exchange.repeats) continue;
    const scope = (text: string) => JSON.stringify([exchange.baseUrl, exchange.headers['x-merchantid'], text]);
    const first = remember(byReference, scope(reference), one);
    for (const name of ['id', 'date_created']) {
      const [then, now] = [first.value[name], value[name]];
      if (then === undefined || now === undefined || then === now) continue;
      blame('GC-1', `the ${name} of exchange ${first.exchange.number}, for the same reference`, 'another', `/${name}`);
    }
    const { id } = value;
    const owner = typeof id === 'string' ? remember(byId, scope(id), one) : one;
    if (areApart(owner, one)) {
      blame('GC-2', 'another id for another reference', `the id of exchange ${owner.exchange.number}`, '/id');
    }
    const token = valueAt(value, '/juspay/client_auth_token');
    if (typeof token !== 'string' || REDACTED.test(token)) continue;
    const holder = remember(byToken, scope(token), one);
    if (areApart(holder, one)) {
      const pointer = '/juspay/client_auth_token';
      blame('TK-6', 'another token for another customer', `the token of exchange ${holder.exchange.number}`, pointer);
    }
  }
  return flaws;
}

/** The first one that had this key. */
function remember(
  known: Map<string, AnsweredWithCustomer>,
  key: string,
  one: AnsweredWithCustomer,
): AnsweredWithCustomer {
  const first = known.get(key) ?? one;
  known.set(key, first);
  return first;
}

/** Two references that name two customers: letter case alone leaves it open (GC-6). */
function areApart(one: AnsweredWithCustomer, other: AnsweredWithCustomer): boolean {
  const [first, second] = [one, other].map(({ exchange }) => exchange.fields?.['object_reference_id']?.toLowerCase());
  return first !== second;
}
