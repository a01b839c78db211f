import { errorBody } from '../refusal.ts';
import type { MockResponse } from '../steps.ts';
import type { Misbehaviour, Parameter, Turn } from './turn.ts';

const SECONDS: Parameter = { name: 'SECONDS', default: '1', pattern: /^\d{1,5}$/ };

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
    act: async (turn) => refusal(429, 'Too Many Requests', turn, { 'retry-after': turn.parameter }),
  },
  {
    name: 'status-500',
    description: 'an internal error; nothing is stored',
    claim: 'RS-1',
    act: async (turn) => refusal(500, 'Internal Server Error', turn),
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
    act: async (turn) => refusal(503, 'Service Unavailable', turn, { 'retry-after': turn.parameter }),
  },
  {
    name: 'connection-reset',
    description: 'the connection is reset; nothing is stored',
    act: async () => 'connection-reset',
  },
  {
    name: 'answer-lost',
    description: 'the customer is created, then the connection is reset without an answer',
    async act({ answer }) {
      await answer();
      return 'connection-reset';
    },
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
      const expiry = `${new Date(now().getTime() - 60_000).toISOString().slice(0, 19)}Z`;
      return rewriteAccepted(await answer(), (body) => {
        const juspay = body['juspay'];
        if (!isObject(juspay)) return body;
        return { ...body, juspay: { ...juspay, client_auth_token_expiry: expiry } };
      });
    },
  },
  {
    name: 'missing-field',
    description: 'an accepted answer lacks the field; juspay.NAME for one inside juspay',
    claim: 'RS-2',
    parameter: { name: 'FIELD', default: 'id', pattern: /^\w+(\.\w+)?$/ },
    act: async ({ answer, parameter }) =>
      rewriteAccepted(await answer(), (body) => without(body, parameter.split('.'))),
  },
];

function refusal(status: number, words: string, { now }: Turn, headers: Record<string, string> = {}): MockResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', date: now().toUTCString(), ...headers },
    body: errorBody(words, 'fault injected by the mock'),
  };
}

function rewriteAccepted(
  response: MockResponse,
  change: (body: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): MockResponse {
  if (response.status !== 200 || typeof response.body !== 'string') return response;
  const body: unknown = JSON.parse(response.body);
  return isObject(body) ? { ...response, body: JSON.stringify(change(body)) } : response;
}

function without(
  body: Readonly<Record<string, unknown>>,
  [name = '', ...inner]: readonly string[],
): Record<string, unknown> {
  const { [name]: value, ...rest } = body;
  return inner.length > 0 && isObject(value) ? { ...rest, [name]: without(value, inner) } : rest;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
