import { Hono } from 'hono';
import type { Refusal } from '../steps.ts';
import type { ManagedStore } from './managed-store.ts';

/** Where the state is listed and reset: no path of the API's, with or without its version. */
export const ADMIN_PATH = '/_mock/state';

/**
 * GET lists the customers, DELETE forgets them. Both need the API key: a mock may be reachable for more than its owner.
 * @param checkKey refuses a call by its Authorization header, as the operation does
 */
export function adminRoutes(
  store: ManagedStore,
  checkKey: (authorization: string | undefined) => Refusal | undefined,
): Hono {
  return new Hono()
    .use(async (context, next) => {
      const refusal = checkKey(context.req.header('authorization'));
      if (refusal === undefined) return next();
      return context.json({ status: 'error', error_message: refusal.reason }, 401);
    })
    .get('/', (context) =>
      context.json({
        // Without the tokens: a list is kept in logs of pipelines.
        customers: store.list().map(({ token, ...customer }) => ({ ...customer, tokenExpiry: token?.expiry })),
      }),
    )
    .delete('/', (context) => {
      const forgotten = store.size;
      store.clear();
      return context.json({ forgotten });
    });
}
