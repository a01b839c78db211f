import { type MockResponse, TOKEN_OPTION as TOKEN } from '../steps.ts';
import { fieldEffect } from './field-effects.ts';
import { type Effect, type Memory, type Outcome, of, type Seen } from './front.ts';
import type { Random } from './random.ts';
import { type Body, changing, FRAMINGS, type Framing, refusal } from './rewriting.ts';

/** Changes the customer's id, or the customer. */
export function identityEffect(random: Random): Effect {
  const answered = (name: string, claims: string[], value: (seen: Seen, memory: Memory) => unknown): Effect => ({
    ...{ name, group: name, claims },
    after: changing(200, (body, seen, memory) => {
      const id = value(seen, memory);
      return id === 'keep' ? body : { ...body, id };
    }),
  });
  return random.weighted<Effect>([
    [3, answered('a new id', ['GC-1', 'GC-3', 'TK-5'], (_, memory) => `cst_new${memory.strikes}${Math.random()}`)],
    [1, answered('one id for all', ['GC-2', 'GC-1', 'GC-3', 'TK-5'], () => 'cst_shared000000000')],
    [
      2,
      answered(
        'the id of another customer',
        ['GC-2', 'GC-1', 'GC-3', 'TK-5'],
        (seen, memory) => memory.other(seen)?.['id'] ?? 'keep',
      ),
    ],
    [1, answered('no id', ['RS-2', 'GC-1', 'TK-5'], () => undefined)],
    [1, answered('an empty id', ['RS-2', 'GC-1', 'TK-5'], () => '')],
    [1, answered('a number as id', ['RS-2', 'GC-1', 'TK-5'], (_, memory) => memory.strikes)],
    of(2, 'the customer is forgotten', 'the customer is forgotten', ['GC-1', 'GC-3', 'TK-5'], {
      before: ({ fields }, { store }) => store.delete(fields['object_reference_id'] ?? ''),
    }),
    of(1.5, 'the answer to the customer before', 'another answer', ['RS-4', 'GC-2', 'GC-3', 'GC-1', 'EP-2', 'TK-5'], {
      after: changing(200, (body, seen, memory) => memory.other(seen) ?? body),
    }),
  ]);
}

/** Changes one of the customer's times. */
export function timeEffect(random: Random): Effect {
  const field = random.pick(['date_created', 'last_updated']);
  const back = (text: unknown, ms: number) => `${new Date(Date.parse(String(text)) - ms).toISOString().slice(0, 19)}Z`;
  const spelled = random.pick<readonly [string, (text: string) => unknown]>([
    ['without a zone', (text) => text.replace('Z', '')],
    ['with +0000', (text) => text.replace('Z', '+0000')],
    ['with +00', (text) => text.replace('Z', '+00')],
    ['with +05:3', (text) => text.replace('Z', '+05:3')],
    ['with GMT', (text) => text.replace('Z', ' GMT')],
    ['with a tab for T', (text) => text.replace('T', '\t')],
    ['with a line break behind it', (text) => `${text}\n`],
    ['with a blank for T and no zone', (text) => text.replace('T', ' ').replace('Z', '')],
    ['a date alone', (text) => text.slice(0, 10)],
    ['day first', (text) => text.replace(/^(\d+)-(\d+)-(\d+)/, '$3-$2-$1')],
    ['seconds since 1970', (text) => String(Date.parse(text) / 1000)],
    ['seconds since 1970, a number', (text) => Date.parse(text) / 1000],
    ['without seconds', (text) => text.replace(/:\d\dZ/, 'Z')],
    ['with a comma', (text) => text.replace('Z', ',000Z')],
    ['of month 13', (text) => text.replace(/-\d\d-/, '-13-')],
    ['empty', () => ''],
    ['null', () => null],
    ['left out', () => undefined],
  ]);
  return random.weighted<Effect>([
    of(3, `${field} ${spelled[0]}`, 'a time is misspelled', ['RS-5', 'GC-1', 'TK-5'], {
      after: changing(200, (body) => ({ ...body, [field]: spelled[1](String(body[field])) })),
    }),
    of(2, 'date_created moves by seconds', 'date_created moves', ['GC-1', 'GC-3', 'TK-5', 'RS-9'], {
      after: changing(200, (body, _, { strikes }) => ({
        ...body,
        date_created: back(body['date_created'], strikes * 1000),
      })),
    }),
    of(1.5, 'date_created an hour off', 'date_created is off', ['RS-9', 'GC-1', 'GC-3', 'TK-5'], {
      after: changing(200, (body, _, { strikes }) => ({
        ...body,
        date_created: back(body['date_created'], 3_600_000 + strikes * 1000),
      })),
    }),
    of(1.5, 'last_updated before date_created', 'last_updated is off', ['RS-5'], {
      after: changing(200, (body) => ({ ...body, last_updated: back(body['date_created'], 1000) })),
    }),
  ]);
}

/** Drops a token, makes it stale or shared, or adds one. */
export function tokenEffect(random: Random): Effect {
  const asked = { [TOKEN]: 'true' };
  const given = (
    name: string,
    claims: string[],
    change: (juspay: Body, seen: Seen, memory: Memory) => unknown,
  ): Effect => ({
    ...{ name, group: name, claims, needs: asked },
    after: changing(200, (body, seen, memory) =>
      typeof body['juspay'] === 'object' && seen.fields[TOKEN] === 'true'
        ? { ...body, juspay: change({ ...(body['juspay'] as Body) }, seen, memory) }
        : body,
    ),
  });
  const TK = ['TK-1', 'TK-4'];
  const past = '2001-09-09T01:46:40Z';
  const rows: readonly (readonly [weight: number, ...Parameters<typeof given>])[] = [
    [3, 'no juspay', TK, () => undefined],
    [1, 'juspay null', TK, () => null],
    [1, 'an empty token', TK, (juspay) => ({ ...juspay, client_auth_token: '' })],
    [1, 'a token that is null', TK, (juspay) => ({ ...juspay, client_auth_token: null })],
    [1, 'no expiry', TK, ({ client_auth_token }) => ({ client_auth_token })],
    [2, 'a token that has expired', TK, (juspay) => ({ ...juspay, client_auth_token_expiry: past })],
    [
      1,
      'an expired expiry with +0000',
      TK,
      (juspay) => ({
        ...juspay,
        client_auth_token_expiry: past.replace('Z', '+0000'),
      }),
    ],
    [1, 'an expiry in seconds', TK, (juspay) => ({ ...juspay, client_auth_token_expiry: 1_999_999_999 })],
    [
      1,
      'a token of another name',
      [...TK, 'RS-6'],
      ({ client_auth_token, ...rest }) => ({
        ...rest,
        clientAuthToken: client_auth_token,
      }),
    ],
    [
      2,
      'a token that all share',
      ['TK-6'],
      (juspay, _, { kept }) => {
        if (!kept.has('token')) kept.set('token', juspay['client_auth_token']);
        return { ...juspay, client_auth_token: kept.get('token') };
      },
    ],
    [
      2,
      'the token of another customer',
      ['TK-6'],
      (juspay, seen, { kept }) => {
        const reference = seen.fields['object_reference_id'];
        const [owner, token] = (kept.get('last') as [string | undefined, unknown] | undefined) ?? [reference, ''];
        kept.set('last', [reference, juspay['client_auth_token']]);
        return owner === reference ? juspay : { ...juspay, client_auth_token: token };
      },
    ],
  ];
  return random.weighted<Effect>([
    ...rows.map(([weight, ...told]) => [weight, given(...told)] as const),
    of(3, 'a token nobody asked for', 'a token nobody asked for', ['TK-2', 'TK-3'], {
      after: changing(200, (body, { fields }) =>
        fields[TOKEN] === 'true'
          ? body
          : {
              ...body,
              juspay: { client_auth_token: `tkn_${Math.random()}`, client_auth_token_expiry: '2099-01-01T00:00:00Z' },
            },
      ),
    }),
  ]);
}

/** Replaces, rewrites or omits the whole answer. */
export function answerEffect(random: Random): Effect {
  const status = random.pick([201, 202, 206, 400, 400, 401, 403, 404, 409, 409, 422, 500, 500, 501]);
  const isRefusal = status >= 400;
  const [framing, frame] = random.pick<Framing>([
    ...FRAMINGS,
    ['as null', () => 'null'],
    ['twice in a row', (body) => body + body],
    ['as a text', (body) => JSON.stringify(body)],
    ['in HTML', (body) => `<pre>${body}</pre>`],
    ['with the id twice', (body) => body.replace('{', '{"id":"",')],
    ['with the reference twice', (body) => body.replace('{', '{"object_reference_id":"another-one",')],
  ]);
  const type = random.pick(['text/html', 'text/plain', 'application/xml', undefined]);
  const [renamed, name] = random.pick([
    ['object', 'Object'],
    ['mobile_number', 'mobileNumber'],
    ['date_created', 'dateCreated'],
    ['first_name', 'firstName'],
    ['object_reference_id', 'Object_reference_id'],
  ]);
  const object = random.pick([undefined, 'Customer', 'merchant', null, '']);
  return random.weighted<Effect>([
    of(
      6,
      isRefusal ? `refused with ${status}` : `status ${status}`,
      isRefusal ? 'refused though it is right' : 'another status',
      ['RS-1', 'EP-1', 'AU-1', ...(isRefusal ? ['ER-1'] : [])],
      {
        ...(isRefusal
          ? { instead: (_, { now }) => refusal(status, now()) }
          : { after: (answer: MockResponse): Outcome => (answer.status === 200 ? { ...answer, status } : answer) }),
      },
    ),
    of(2, `a body ${framing}`, 'a body that is no JSON object', ['EP-4', 'RS-2', 'RS-4'], {
      after: (answer) => (answer.status === 200 ? { ...answer, body: frame(String(answer.body)) } : answer),
    }),
    of(1, `media type ${type ?? 'not named'}`, 'another media type', ['EP-4'], {
      after(answer) {
        const { 'content-type': _, ...headers } = answer.headers;
        return { ...answer, headers: type === undefined ? headers : { ...headers, 'content-type': type } };
      },
    }),
    of(1, `${renamed} spelled ${name}`, 'a field of another name', ['RS-6', 'RS-4', 'RS-3', 'RS-5', 'GC-1', 'TK-5'], {
      after: changing(200, ({ [renamed ?? '']: value, ...body }) =>
        value === undefined ? body : { ...body, [name ?? '']: value },
      ),
    }),
    of(1, `object ${JSON.stringify(object) ?? 'left out'}`, 'another object', ['RS-3', 'GC-1', 'TK-5'], {
      after: changing(200, (body) => ({ ...body, object })),
    }),
    of(1, 'no answer', 'no answer', ['RS-1', 'EP-1', 'AU-1'], {
      instead: () => 'no-answer',
    }),
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
