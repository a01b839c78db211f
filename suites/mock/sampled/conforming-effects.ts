import { spacedColons } from '../variants/answers.ts';
import { changing, refusal } from './accepted-effects.ts';
import type { Effect, Seen } from './front.ts';
import type { Random } from './random.ts';
import { TOKEN } from './value-triggers.ts';

type Body = Record<string, unknown>;

function free(name: string, after: NonNullable<Effect['after']>): Effect {
  return { name, group: 'free', claims: [], after };
}

/** A change of the body of an accepted answer. */
function answers(name: string, change: Parameters<typeof changing>[1]): Effect {
  return free(name, changing(200, change));
}

/** A change of the body of a 400. */
function refusals(name: string, change: Parameters<typeof changing>[1]): Effect {
  return free(name, changing(400, change));
}

function times(name: string, spell: (text: string) => string): Effect {
  const spelled = (body: Body) =>
    Object.fromEntries(
      Object.entries(body).map(([key, value]) => [
        key,
        /^(date_created|last_updated)$/.test(key) ? spell(String(value)) : value,
      ]),
    );
  return free(`times ${name}`, changing(200, spelled));
}

const offset = (text: string, hours: number, spelled: string) =>
  new Date(Date.parse(text) + hours * 3_600_000).toISOString().replace('Z', spelled);

/** What a server may do on accepted calls, none of which breaks a claim. */
const ACCEPTED: readonly Effect[] = [
  answers('a further field', (body) => ({ ...body, mode: 'live', notes: [null, { deep: 1 }] })),
  answers('Customer_id', (body) => ({ ...body, Customer_id: body['object_reference_id'] })),
  answers('unsent fields null', (body) => ({
    email_address: null,
    first_name: null,
    last_name: null,
    mobile_country_code: null,
    ...body,
  })),
  answers('unsent fields empty', (body) => ({ email_address: '', first_name: '', last_name: '', ...body })),
  answers('a country code nobody sent', (body) => ({ mobile_country_code: '91', ...body })),
  answers('keys in another order', (body) => Object.fromEntries(Object.entries(body).reverse())),
  free('white space', (answer) => ({ ...answer, body: `\n ${spacedColons(String(answer.body))}\r\n` })),
  free('escaped slashes', (answer) => ({ ...answer, body: String(answer.body).replaceAll('/', '\\/') })),
  free('a charset', (answer) => ({
    ...answer,
    headers: { ...answer.headers, 'content-type': 'application/json;charset=utf-8' },
  })),
  free('problem+json', (answer) =>
    answer.status === 400
      ? { ...answer, headers: { ...answer.headers, 'content-type': 'application/problem+json' } }
      : answer,
  ),
  free('no Date', ({ headers: { date: _, ...headers }, ...answer }) => ({ ...answer, headers })),
  answers('last_updated moves on', (body, _, { strikes }) => ({
    ...body,
    last_updated: offset(String(body['last_updated']), strikes / 3600, 'Z'),
  })),
  answers('juspay null without a token', (body) => ({ juspay: null, ...body })),
  answers('a token for a month', (body) =>
    typeof body['juspay'] === 'object' && body['juspay'] !== null
      ? { ...body, juspay: { ...body['juspay'], client_auth_token_expiry: '2099-01-01T00:00:00+05:30' } }
      : body,
  ),
  times('with microseconds', (text) => text.replace('Z', '.084947Z')),
  times('with +00:00', (text) => text.replace('Z', '+00:00')),
  times('with -00:00', (text) => text.replace('Z', '-00:00')),
  times('of India', (text) => offset(text, 5.5, '+05:30')),
  times('of New York', (text) => offset(text, -5, '-05:00')),
  times('in lowercase', (text) => text.toLowerCase()),
  {
    ...{ name: 'later data taken over', group: 'free', claims: [] },
    before({ fields, exists }, { store }) {
      const reference = fields['object_reference_id'] ?? '';
      const known = store.get(reference);
      if (!exists || known === undefined) return false;
      const { [TOKEN]: _, ...data } = fields;
      store.set(reference, { ...known, fields: { ...known.fields, ...data } });
      return true;
    },
  },
  {
    ...{ name: 'the token before again', group: 'free', claims: [] },
    after: changing(200, (body, { fields }, { kept }) => {
      const key = `token of ${fields['object_reference_id']}`;
      if (typeof body['juspay'] !== 'object' || body['juspay'] === null) return body;
      if (!kept.has(key)) kept.set(key, body['juspay']);
      return { ...body, juspay: kept.get(key) };
    }),
  },
];

/** How a server may refuse access. */
function ofRefusals(random: Random): Effect {
  const status = random.pick([400, 401, 403, 404, 406, 409, 422, 429]);
  const [name, body] = random.pick<readonly [string, string]>([
    ['empty', ''],
    ['a page', '<h1>Forbidden</h1>'],
    ['a list', '["no"]'],
    [
      'as Juspay writes it',
      '{"status":"error","error_code":"access_denied","error_info":{"code":"UNAUTHORIZED","category":"USER_ERROR"}}',
    ],
    ['of a bad origin', '{"error":true,"error_message":"Internal Server error.","user_message":"Bad Origin."}'],
  ]);
  return {
    ...{ name: `access refused with ${status === 429 ? 410 : status}, ${name}`, group: 'free', claims: [] },
    instead: (_, { now }) => ({ ...refusal(status === 429 ? 410 : status, now()), body }),
  };
}

/** What a server may write in a 400. */
const ERRORS: readonly Effect[] = [
  refusals('an error with its info', (body) => ({
    ...body,
    error_info: { code: 'INVALID_INPUT', fields: [{ field_name: 'x', reason: 'Invalid value.' }] },
  })),
  refusals('other words', () => ({ status: 'Invalid Request', error_code: 'INVALID', error_message: 'Wrong value' })),
  refusals('empty words', () => ({ status: '', error_code: '', error_message: '' })),
  refusals('the wrong value in its message', (body, seen: Seen) => ({
    ...body,
    error_message: JSON.stringify(seen.fields),
  })),
];

interface OnCalls {
  readonly on: 'accepted' | 'bad-request' | 'access';
  readonly effect: Effect;
}

/** A permitted deviation, and the kind of calls for it. */
export function conformingEffect(random: Random): OnCalls {
  return random.weighted<() => OnCalls>([
    [5, () => ({ on: 'accepted', effect: random.pick(ACCEPTED) })],
    [1, () => ({ on: 'access', effect: ofRefusals(random) })],
    [1.5, () => ({ on: 'bad-request', effect: random.pick(ERRORS) })],
  ])();
}
