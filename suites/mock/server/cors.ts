import { SetupError } from '../../../spec/setup-error.ts';

/** Origins whose pages may read answers; `*` for all. */
export type Cors = readonly string[];

/**
 * Headers that let a page of that origin read an answer. Without Access-Control-Allow-Credentials: pages set the API key's
 * header themselves, and there are no cookies.
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

/** Headers of the answer to a preflight request; none for an origin that is not allowed. */
export function preflightHeaders(cors: Cors, origin: string | undefined): Record<string, string> {
  if (!('access-control-allow-origin' in corsHeaders(cors, origin))) return {};
  return {
    'access-control-allow-methods': 'POST',
    'access-control-allow-headers': 'authorization, content-type, x-merchantid, x-mock-fault',
    'access-control-max-age': '600',
  };
}

/** Checks an origin from the command line. @throws SetupError if it is neither `*` nor an origin as browsers send it */
export function readOrigin(text: string): string {
  if (text === '*' || (URL.canParse(text) && new URL(text).origin === text)) return text;
  throw new SetupError(`--cors is "${text}"; give an origin such as http://localhost:5173 (no path, no slash), or *`);
}
