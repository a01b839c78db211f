import { SetupError } from '../../../spec/setup-error.ts';

/** Origins whose pages may read answers; `*` among them for all. */
export type Cors = readonly string[];

/**
 * What lets a page of that origin read an answer. Never Access-Control-Allow-Credentials: the API key is a header that the
 * page sets itself, and cookies there are none.
 */
export function corsHeaders(cors: Cors, origin: string | undefined): Record<string, string> {
  if (cors.includes('*')) return { 'access-control-allow-origin': '*', 'access-control-expose-headers': EXPOSED };
  const allowed = origin !== undefined && cors.includes(origin);
  return {
    vary: 'origin',
    ...(allowed ? { 'access-control-allow-origin': origin, 'access-control-expose-headers': EXPOSED } : {}),
  };
}

const EXPOSED = 'date, retry-after';

/** What a browser asks for before a call with headers of its own; nothing for an origin that is not allowed. */
export function preflightHeaders(cors: Cors, origin: string | undefined): Record<string, string> {
  if (!('access-control-allow-origin' in corsHeaders(cors, origin))) return {};
  return {
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'authorization, content-type, x-merchantid, x-mock-fault',
    'access-control-max-age': '600',
  };
}

/** Reads an origin of the command line. @throws SetupError where it is neither `*` nor an origin as browsers send it */
export function readOrigin(text: string): string {
  if (text === '*' || (URL.canParse(text) && new URL(text).origin === text)) return text;
  throw new SetupError(`--cors is "${text}"; give an origin such as http://localhost:5173 (no path, no slash), or *`);
}
