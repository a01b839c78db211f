import { refusal } from '../refusal.ts';
import type { MockRequest, MockResponse, Refusal } from '../steps.ts';
import type { ManagedStore } from './managed-store.ts';

/** The path to list and reset the state; cannot clash with a path of the API. */
export const ADMIN_PATH = '/_mock/state';

/**
 * GET lists the customers, DELETE deletes them. Both need the API key, because others may be able to reach the mock.
 * @param checkKey checks the Authorization header, as for the operation
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
        // Without tokens, because lists end up in CI logs.
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
