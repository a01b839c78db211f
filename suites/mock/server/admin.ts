import { refusal } from '../refusal.ts';
import type { MockRequest, MockResponse, Refusal } from '../steps.ts';
import type { ManagedStore } from './managed-store.ts';

/** Where the state is listed and reset: no path of the API's, with or without its version. */
export const ADMIN_PATH = '/_mock/state';

/**
 * GET lists the customers, DELETE forgets them. Both need the API key: a mock may be reachable for more than its owner.
 * @param checkKey refuses a call by its Authorization header, as the operation does
 */
export function adminAnswers(
  store: ManagedStore,
  checkKey: (authorization: string | undefined) => Refusal | undefined,
): (request: MockRequest) => MockResponse {
  return ({ method, headers }) => {
    if (method === 'OPTIONS') return { status: 204, headers: { allow: ALLOW }, body: '' };
    const refused = checkKey(headers['authorization']);
    if (refused !== undefined) return refusal(401, refused.reason);
    switch (method) {
      case 'GET':
      case 'HEAD':
        // Without the tokens: a list is kept in logs of pipelines.
        return json({
          customers: store.list().map(({ token, ...customer }) => ({ ...customer, tokenExpiry: token?.expiry })),
        });
      case 'DELETE': {
        const forgotten = store.size;
        store.clear();
        return json({ forgotten });
      }
      default:
        return refusal(405, 'use GET or DELETE', { allow: ALLOW });
    }
  };
}

const ALLOW = 'GET, HEAD, DELETE, OPTIONS';

function json(value: unknown): MockResponse {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
