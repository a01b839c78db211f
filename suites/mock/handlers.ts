import type { RequestHandler } from 'msw';
import type { AnsweringMock } from './misbehaviour/turn.ts';
import { UNVERSIONED_PATH } from './mock.ts';

/** What is needed of msw's `http`, which is handed in: where it is exported has changed between its versions. */
export interface Http {
  all(place: string | RegExp, resolve: (asked: { readonly request: Request }) => Promise<Response>): RequestHandler;
}

/**
 * The mock as handlers for msw.
 * @param bases base URLs, without a slash at the end; `*` for every origin, without a path before the operation's
 */
export function mockHandlers(http: Http, mock: AnsweringMock, bases: readonly string[] = ['*']): RequestHandler[] {
  return [mock.path, UNVERSIONED_PATH].flatMap((path) =>
    bases.map((base) =>
      http.all(base === '*' ? anywhere(path) : `${base}${path}`, async ({ request }) => {
        const outcome = await mock.answer({
          method: request.method,
          path,
          headers: Object.fromEntries(request.headers),
          body: await request.text(),
        });
        if (outcome === 'connection-reset') return Response.error();
        const { status, headers, body } = outcome;
        return new Response(typeof body === 'string' ? body : new Uint8Array(body), { status, headers });
      }),
    ),
  );
}

/** msw's own `*` would also stand for the beginning of a path, and `/v2/v2/customers` is not the operation's. */
function anywhere(path: string): RegExp {
  return new RegExp(`^[a-z]+://[^/]+${path.replace(/[^\w/]/g, '\\$&')}$`);
}
