import type { RequestHandler } from 'msw';
// Not by way of the whole of msw, which loads GraphQL and WebSockets too: that would be a tenth of a run.
import { http } from 'msw/core/http';
import type { AnsweringMock } from './misbehaviour/turn.ts';

/** Where the operation may be served without its version, as Juspay's own SDK asks for it; the mock decides. */
const UNVERSIONED = '/customers';

/**
 * The mock as handlers for msw.
 * @param bases base URLs, without a slash at the end; default: every path that ends as the operation's does is served,
 *   whatever the origin
 */
export function mockHandlers(mock: AnsweringMock, bases?: readonly string[]): RequestHandler[] {
  const ends = [mock.path, UNVERSIONED];
  // Not as a pattern: msw takes one apart again for every request.
  const anywhere = ({ request }: { readonly request: Request }) => {
    const path = new URL(request.url).pathname.replace(/\/$/, '');
    return ends.some((end) => path.endsWith(end));
  };
  const places = bases?.flatMap((base) => ends.map((end) => `${base}${end}`)) ?? [anywhere];
  return places.map((place) =>
    http.all(place, async ({ request }) => {
      const outcome = await mock.answer({
        method: request.method,
        path: new URL(request.url).pathname,
        headers: Object.fromEntries(request.headers),
        body: await request.text(),
      });
      if (outcome === 'connection-reset') return Response.error();
      const { status, headers, body } = outcome;
      return new Response(typeof body === 'string' ? body : new Uint8Array(body), { status, headers });
    }),
  );
}
