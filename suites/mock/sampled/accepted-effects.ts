import { WRONG_TIMES } from '../faults/spelling.ts';
import { FRAMINGS } from '../mutants/body-mutants.ts';
import { type Body, without } from '../patches.ts';
import { TOKEN_OPTION as TOKEN } from '../steps.ts';
import { changed, type Effect, framed, of, refusal, typed, type Weighted } from './effect.ts';
import { fieldEffect } from './field-effects.ts';
import type { Random } from './random.ts';

/** Changes the customer's id, or the customer. */
function identityEffect(random: Random): Effect {
  const NO_ID = 'RS-2 GC-1 TK-5';
  const SHARED = 'GC-2 GC-1 GC-3 TK-5';
  return random.weighted<Effect>([
    changed(3, 'a new id', 'GC-1 GC-3 TK-5', (body, _, { strikes }) => ({
      ...body,
      id: `cst_new${strikes}${Math.random()}`,
    })),
    changed(1, 'one id for all', SHARED, (body) => ({ ...body, id: 'cst_shared000000000' })),
    changed(2, 'the id of another customer', SHARED, (body, seen, memory) => ({
      ...body,
      id: memory.other(seen)?.['id'] ?? body['id'],
    })),
    changed(1, 'no id', NO_ID, (body) => without(body, 'id')),
    changed(1, 'an empty id', NO_ID, (body) => ({ ...body, id: '' })),
    changed(1, 'a number as id', NO_ID, (body, _, { strikes }) => ({ ...body, id: strikes })),
    of(2, 'the customer is forgotten', 'GC-1 GC-3 TK-5', {
      before: ({ fields }, { store }) => store.delete(fields['object_reference_id'] ?? ''),
    }),
    changed(
      1.5,
      'the answer to the customer before',
      'RS-4 GC-2 GC-3 GC-1 EP-2 TK-5',
      (body, seen, memory) => memory.other(seen) ?? body,
    ),
  ]);
}

/** Changes one of the customer's times. */
function timeEffect(random: Random): Effect {
  const field = random.pick(['date_created', 'last_updated']);
  const back = ({ date_created: text }: Body, ms: number) =>
    `${new Date(Date.parse(String(text)) - ms).toISOString().slice(0, 19)}Z`;
  const [spelling, spell] = random.pick<readonly [string, (text: string) => unknown]>([
    ...Object.entries(WRONG_TIMES),
    ['day-first', (text) => text.replace(/^(\d+)-(\d+)-(\d+)/, '$3-$2-$1')],
    ['a-date-alone', (text) => text.slice(0, 10)],
    ['a-number', (text) => Date.parse(text) / 1000],
    ['of-month-13', (text) => text.replace(/-\d\d-/, '-13-')],
    ['empty', () => ''],
    ['null', () => null],
    ['left-out', () => undefined],
  ]);
  return random.weighted<Effect>([
    changed(3, `${field} ${spelling.replaceAll('-', ' ')}`, 'RS-5 GC-1 TK-5', (body) => ({
      ...body,
      [field]: spell(String(body[field])),
    })),
    changed(2, 'date_created moves by seconds', 'GC-1 GC-3 TK-5 RS-9', (body, _, { strikes }) => ({
      ...body,
      date_created: back(body, strikes * 1000),
    })),
    changed(1.5, 'date_created an hour off', 'RS-9 GC-1 GC-3 TK-5', (body, _, { strikes }) => ({
      ...body,
      date_created: back(body, 3_600_000 + strikes * 1000),
    })),
    changed(1.5, 'last_updated before date_created', 'RS-5', (body) => ({ ...body, last_updated: back(body, 1000) })),
  ]);
}

const PAST = '2001-09-09T01:46:40Z';

/** Drops a token, makes it stale or shared, or adds one. */
export function tokenEffect(random: Random): Effect {
  const given = (
    weight: number,
    name: string,
    claims: string,
    change: (juspay: Body, reference: string, kept: Map<string, unknown>) => unknown,
  ): Weighted => {
    const [, effect] = changed(weight, name, claims, (body, { fields }, { kept }) => {
      const juspay = body['juspay'];
      if (typeof juspay !== 'object' || fields[TOKEN] !== 'true') return body;
      return { ...body, juspay: change(juspay as Body, fields['object_reference_id'] ?? '', kept) };
    });
    return [weight, { ...effect, needs: { [TOKEN]: 'true' } }];
  };
  const expiring = (weight: number, name: string, client_auth_token_expiry: unknown) =>
    given(weight, name, 'TK-1 TK-4', (juspay) => ({ ...juspay, client_auth_token_expiry }));
  const worth = (weight: number, name: string, client_auth_token: unknown) =>
    given(weight, name, 'TK-1 TK-4', (juspay) => ({ ...juspay, client_auth_token }));
  return random.weighted<Effect>([
    given(3, 'no juspay', 'TK-1 TK-4', () => undefined),
    given(1, 'juspay null', 'TK-1 TK-4', () => null),
    worth(1, 'an empty token', ''),
    worth(1, 'a token that is null', null),
    expiring(1, 'no expiry', undefined),
    expiring(2, 'a token that has expired', PAST),
    expiring(1, 'an expired expiry with +0000', PAST.replace('Z', '+0000')),
    expiring(1, 'an expiry in seconds', 1_999_999_999),
    given(1, 'a token of another name', 'TK-1 TK-4 RS-6', ({ client_auth_token, ...rest }) => ({
      ...rest,
      clientAuthToken: client_auth_token,
    })),
    given(2, 'a token that all share', 'TK-6', (juspay, _, kept) => {
      if (!kept.has('token')) kept.set('token', juspay['client_auth_token']);
      return { ...juspay, client_auth_token: kept.get('token') };
    }),
    given(2, 'the token of another customer', 'TK-6', (juspay, reference, kept) => {
      const [owner, token] = (kept.get('last') as [string, unknown] | undefined) ?? [reference, ''];
      kept.set('last', [reference, juspay['client_auth_token']]);
      return owner === reference ? juspay : { ...juspay, client_auth_token: token };
    }),
    changed(3, 'a token nobody asked for', 'TK-2 TK-3', (body, { fields }) => {
      const juspay = { client_auth_token: `tkn_${Math.random()}`, client_auth_token_expiry: '2099-01-01T00:00:00Z' };
      return fields[TOKEN] === 'true' ? body : { ...body, juspay };
    }),
  ]);
}

/** Replaces, rewrites or omits the whole answer. */
export function answerEffect(random: Random): Effect {
  const status = random.pick([201, 202, 206, 400, 400, 401, 403, 404, 409, 409, 422, 500, 500, 501]);
  const [framing, frame] = random.pick([
    ...Object.entries(FRAMINGS),
    ['with the id twice', (body: string) => body.replace('{', '{"id":"",')] as const,
    ['with the reference twice', (body: string) => body.replace('{', '{"object_reference_id":"another-one",')] as const,
  ]);
  const type = random.pick(['text/html', 'text/plain', 'application/xml', undefined]);
  const [renamed, name] = random.pick([
    ['object', 'Object'],
    ['mobile_number', 'mobileNumber'],
    ['date_created', 'dateCreated'],
    ['first_name', 'firstName'],
    ['object_reference_id', 'Object_reference_id'],
  ] as const);
  const object = random.pick([undefined, 'Customer', 'merchant', null, '']);
  return random.weighted<Effect>([
    status >= 400
      ? of(6, `refused with ${status}`, 'RS-1 EP-1 AU-1 ER-1', { instead: (_, { now }) => refusal(status, now()) })
      : of(6, `status ${status}`, 'RS-1 EP-1 AU-1', {
          after: (answer) => (answer.status === 200 ? { ...answer, status } : answer),
        }),
    of(2, `a body ${framing.replaceAll('-', ' ')}`, 'EP-4 RS-2 RS-4', { after: framed(200, frame) }),
    of(1, `media type ${type ?? 'not named'}`, 'EP-4', { after: typed(type) }),
    changed(1, `${renamed} spelled ${name}`, 'RS-6 RS-4 RS-3 RS-5 GC-1 TK-5', ({ [renamed]: value, ...body }) =>
      value === undefined ? body : { ...body, [name]: value },
    ),
    changed(1, `object ${JSON.stringify(object) ?? 'left out'}`, 'RS-3 GC-1 TK-5', (body) => ({ ...body, object })),
    of(1, 'no answer', 'RS-1 EP-1 AU-1', { instead: () => 'no-answer' }),
  ]);
}

/** Any effect on valid calls, whatever their values. @param field the most likely one to change */
export function acceptedEffect(random: Random, field?: string): Effect {
  return random.weighted([
    [field === undefined ? 4 : 2, () => fieldEffect(random, false)],
    [field === undefined ? 0 : 6, () => fieldEffect(random, false, [field ?? ''])],
    [field === undefined || field === 'object_reference_id' ? 4 : 1, () => identityEffect(random)],
    [field === undefined ? 2 : 1, () => timeEffect(random)],
    [field === undefined ? 2.5 : 1, () => tokenEffect(random)],
    [field === undefined ? 4 : 6, () => answerEffect(random)],
  ])();
}
