import type { RequestHandler } from 'msw';
import { type AnsweringMock, UNVERSIONED_PATH } from './mock.ts';

/** The part of msw's `http` used here. A parameter, because msw's versions export it from different places. */
export interface Http {
  all(place: string | RegExp, resolve: (asked: { readonly request: Request }) => Promise<Response>): RequestHandler;
}

/**
 * The mock as msw handlers.
 * @param bases base URLs without a trailing slash; `*` for every origin, with the operation's path at the root
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

/** Not msw's `*`, which also matches path prefixes: `/v2/v2/customers` is not the operation. */
function anywhere(path: string): RegExp {
  return new RegExp(`^[a-z]+://[^/]+${path.replace(/[^\w/]/g, '\\$&')}$`);
}
