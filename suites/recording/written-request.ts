import { CREDENTIALS_IN_WORDS, type Credentials } from '../cases/credentials.ts';
import { ACCOUNT, buildRequest } from '../judge/customer/request.ts';
import { placeholder } from '../settings/headers.ts';
import type { HttpRequest, Keys } from '../targets/target.ts';

const KINDS = Object.keys(CREDENTIALS_IN_WORDS) as Credentials[];

/**
 * Writes requests as in a recording. Credentials are described by how they differ from the right ones, so that the same
 * request with another key is written the same way.
 */
export function requestWriter(keys: Keys): (request: HttpRequest) => HttpRequest {
  const secrets = new Set((keys.headers ?? []).filter(({ secret }) => secret).map(({ name }) => name));
  const kinds = new Map<string, Credentials>();
  for (const kind of KINDS) {
    const { authorization = '' } = buildRequest({ fields: {}, credentials: kind }, keys, '').headers;
    // A key without letters has no variant in another letter case, which would equal the right key.
    if (!kinds.has(authorization)) kinds.set(authorization, kind);
  }
  return (request) => ({
    ...request,
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => {
        if (name === 'authorization') return [name, `Basic [credentials: ${kinds.get(value) ?? 'unknown'}]`];
        if (secrets.has(name)) return [name, `[${placeholder(name)}]`];
        return [name, name === ACCOUNT.header && value === keys.account ? `[${ACCOUNT.name}]` : value];
      }),
    ),
  });
}
