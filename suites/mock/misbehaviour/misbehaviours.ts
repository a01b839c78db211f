import type { MockOutcome } from '../mock.ts';
import { type Body, without } from '../patches.ts';
import { errorBody } from '../refusal.ts';
import type { MockResponse } from '../steps.ts';

/** One request to a misbehaviour. */
interface Turn {
  /** From the fault spec, or the default; empty if the fault takes none. */
  readonly parameter: string;
  /** The correct answer; calling this creates the customer. */
  answer(): Promise<MockResponse>;
  now(): Date;
}

/** A fault that a client must handle. */
export interface Misbehaviour {
  /** Frozen, in words and hyphens. */
  readonly name: string;
  /** What happens, in a sentence. */
  readonly description: string;
  /** The claim that it breaks; absent if no claim covers it. */
  readonly claim?: string;
  /** Its parameter: in uppercase, as in the listing, the unit or meaning; `pattern` matches the whole text. */
  readonly parameter?: { readonly name: string; readonly default: string; readonly pattern: RegExp };
  act(turn: Turn): Promise<MockOutcome>;
}

const SECONDS = { name: 'SECONDS', default: '1', pattern: /^\d{1,5}$/ };

/** Faults that clients must handle, in addition to those in mock/faults. A refused call stores nothing. */
export const MISBEHAVIOURS: readonly Misbehaviour[] = [
  {
    name: 'delay',
    description: 'a correct but late answer',
    parameter: { name: 'MILLISECONDS', default: '1000', pattern: /^\d{1,5}$/ },
    async act({ parameter, answer }) {
      await new Promise((resolve) => setTimeout(resolve, Number(parameter)));
      return answer();
    },
  },
  {
    name: 'status-429',
    description: 'too many requests, with Retry-After; nothing is stored',
    parameter: SECONDS,
    act: refusing(429, 'Too Many Requests'),
  },
  {
    name: 'status-500',
    description: 'an internal error; nothing is stored',
    claim: 'RS-1',
    act: refusing(500, 'Internal Server Error'),
  },
  {
    name: 'status-502',
    description: 'an HTML page like that of a gateway; nothing is stored',
    async act({ now }) {
      const body = '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>';
      return { status: 502, headers: { 'content-type': 'text/html', date: now().toUTCString() }, body };
    },
  },
  {
    name: 'status-503',
    description: 'unavailable, with Retry-After; nothing is stored',
    parameter: SECONDS,
    act: refusing(503, 'Service Unavailable'),
  },
  {
    name: 'connection-reset',
    description: 'the connection is reset; nothing is stored',
    act: async () => 'connection-reset',
  },
  {
    name: 'answer-lost',
    description: 'the customer is created, then the connection is reset without an answer',
    act: async ({ answer }) => answer().then(() => 'connection-reset'),
  },
  {
    name: 'body-cut',
    description: 'the body is truncated, so that it is not JSON',
    claim: 'EP-4',
    async act({ answer }) {
      const response = await answer();
      return { ...response, body: response.body.slice(0, Math.floor(response.body.length / 2)) };
    },
  },
  {
    name: 'expired-token',
    description: 'the token expired a minute ago',
    claim: 'TK-1',
    async act({ answer, now }) {
      const client_auth_token_expiry = `${new Date(now().getTime() - 60_000).toISOString().slice(0, 19)}Z`;
      return rewriteAccepted(await answer(), (body) =>
        isObject(body['juspay']) ? { ...body, juspay: { ...body['juspay'], client_auth_token_expiry } } : body,
      );
    },
  },
  {
    name: 'missing-field',
    description: 'an accepted answer lacks the field; juspay.NAME for one inside juspay',
    claim: 'RS-2',
    parameter: { name: 'FIELD', default: 'id', pattern: /^\w+(\.\w+)?$/ },
    async act({ answer, parameter }) {
      const [name = '', inner] = parameter.split('.');
      return rewriteAccepted(await answer(), (body) => {
        const value = body[name];
        return inner !== undefined && isObject(value)
          ? { ...body, [name]: without(value, inner) }
          : without(body, name);
      });
    },
  },
];

/** Refuses the call; a parameter is the Retry-After. */
function refusing(status: number, words: string): Misbehaviour['act'] {
  return async ({ now, parameter }) => ({
    status,
    headers: {
      'content-type': 'application/json',
      date: now().toUTCString(),
      ...(parameter === '' ? {} : { 'retry-after': parameter }),
    },
    body: errorBody(words, 'fault injected by the mock'),
  });
}

function rewriteAccepted(response: MockResponse, change: (body: Body) => Body): MockResponse {
  if (response.status !== 200) return response;
  return { ...response, body: JSON.stringify(change(JSON.parse(String(response.body)) as Body)) };
}

function isObject(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
