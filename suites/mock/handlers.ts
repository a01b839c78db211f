import { HttpResponse, http, type RequestHandler } from 'msw';
import type { Mock } from './mock.ts';

/** The mock as handlers for msw. Every path that ends as the operation's does is served, whatever the origin. */
export function mockHandlers(mock: Mock): RequestHandler[] {
  const paths = [`*${mock.path}`, '*/customers'];
  return paths.map((path) =>
    http.all(path, async ({ request }) => {
      const { status, headers, body } = await mock.answer({
        method: request.method,
        path: new URL(request.url).pathname,
        headers: Object.fromEntries(request.headers),
        body: await request.text(),
      });
      return new HttpResponse(typeof body === 'string' ? body : new Uint8Array(body), { status, headers });
    }),
  );
}
