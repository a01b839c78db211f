import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { startReferenceServer } from '../fixtures/reference-server.ts';
import { liveVariables, removeFolders, startRun } from '../fixtures/spawned-run.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});
afterAll(removeFolders);

/** A server that answers every request so, and counts them. */
async function serve(
  answer: (request: IncomingMessage, response: ServerResponse, count: number) => void,
): Promise<{ url: string; host: string; count: () => number }> {
  let count = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => answer(request, response, ++count));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const host = `127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  return { url: `http://${host}`, host, count: () => count };
}

/** What a run that ends in its preflight says. */
async function said(
  variables: Record<string, string>,
): Promise<{ code: number | null; text: string; summary: string }> {
  const run = startRun(variables);
  const code = await run.ended();
  const report = run.report();
  expect(report.complete).toBe(false);
  expect(report.counts).toMatchObject({ 'not-run': report.counts.total, pass: 0 });
  return { code, text: run.output().stderr.toString(), summary: report.summary };
}

describe('a target that there is no use in judging', () => {
  test('accepts everything: exit 1, after two requests', async () => {
    const { url, host, count } = await serve((_, response) => response.end('<h1>It works!</h1>'));
    const { code, text, summary } = await said(liveVariables(url));
    expect(code).toBe(1);
    expect(text).toBe(
      `does not conform: ${host} accepts everything: status 200 to an ordinary request, and 200 to one without credentials, ` +
        'without a merchant id and with an empty body. That is a static page or a stub, not the service\n',
    );
    expect(`${summary}\n`).toBe(text);
    expect(count()).toBe(2);
  });

  test.each([
    [404, 'Not Found'],
    [405, 'Method Not Allowed'],
    [500, 'Oops'],
    [400, '{"status":"error","request":"7f3a-91"}'],
  ])('refuses everything alike, with %i: exit 2', async (status, body) => {
    const { url, host } = await serve((_, response, count) =>
      response.writeHead(status).end(body.replace('7f3a-91', `7f3a-9${count}`)),
    );
    const { code, text } = await said(liveVariables(`${url}/wrong`));
    expect(code).toBe(2);
    expect(text).toBe(
      `could not judge: ${host} answered an ordinary request and one with nothing right in it alike, with status ${status}, ` +
        'so that the service was not reached: check JUSPAY_BASE_URL and its path (requests go to /v2/customers below it), ' +
        'and whether something stands between this machine and the service\n',
    );
  });

  test('redirects: exit 2, and the redirect is not followed', async () => {
    const other = await serve((_, response) => response.end('{}'));
    const { url, host } = await serve((_, response) =>
      response.writeHead(302, { location: `${other.url}/login` }).end(),
    );
    const { code, text } = await said(liveVariables(url));
    expect(code).toBe(2);
    expect(text).toBe(
      `could not judge: ${host} answered an ordinary request and one with nothing right in it alike, with status 302: ` +
        `a redirect to ${other.url}/login, which is not followed. Check JUSPAY_BASE_URL (http or https, host, path)\n`,
    );
    expect(other.count()).toBe(0);
  });

  test.each([401, 403])('refuses the credentials, with %i: exit 2, after one request', async (status) => {
    const { url, host, count } = await serve((_, response) => response.writeHead(status).end());
    const { code, text } = await said(liveVariables(url));
    expect(code).toBe(2);
    expect(text).toBe(
      `could not judge: ${host} refused the credentials with status ${status}: check JUSPAY_API_KEY and JUSPAY_MERCHANT_ID, ` +
        'and that they belong to this server (JUSPAY_BASE_URL)\n',
    );
    expect(count()).toBe(1);
  });

  test('is not there: exit 2', async () => {
    const { url, host } = await serve(() => {});
    for (const close of closing.splice(0)) await close();
    const { code, text } = await said(liveVariables(url));
    expect(code).toBe(2);
    expect(text).toBe(
      `could not judge: ${host} gave no answer to the first, ordinary request: ECONNREFUSED: nothing listens there; ` +
        'check JUSPAY_BASE_URL and the network\n',
    );
  });

  test('has a name that nobody knows: exit 2', async () => {
    // A name below .invalid never resolves (RFC 6761); where no name does, the look-up itself fails.
    const { code, text } = await said(liveVariables('https://sandbox.invalid', { JUSPAY_TIMEOUT_MS: '5000' }));
    expect(code).toBe(2);
    expect(text).toMatch(
      /^could not judge: sandbox\.invalid gave no answer to the first, ordinary request: (?:ENOTFOUND: the host name is not known; check JUSPAY_BASE_URL|EAI_AGAIN: the host name could not be looked up; check the network)\n$/,
    );
  });
});

test('a server that refuses everything with 400, each time for another reason, is for the cases to judge', async () => {
  const { url } = await serve((request, response) => {
    const message = request.headers.authorization === undefined ? 'credentials are missing' : 'mobile_number is bad';
    response.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
  });
  const run = startRun(liveVariables(url), { args: ['--mode=conformance', '-t', 'RS-1/'] });
  expect(await run.ended()).toBe(1);
  expect(run.report()).toMatchObject({ complete: true, counts: { pass: 0 } });
  expect(run.report().counts.fail).toBeGreaterThan(1);
});

test.each(['email-mandatory', 'no-credentials-accepted', 'no-credentials-cause-500', 'merchant-optional'] as const)(
  'a server with the fault %s is for the cases to judge',
  async (fault) => {
    const server = await startReferenceServer({ fault });
    closing.push(server.close);
    const run = startRun(liveVariables(server.url), {
      args: ['--mode=conformance', '-t', 'AU-2/'],
    });
    expect(await run.ended()).not.toBe(2);
    expect(run.report().counts['not-run']).toBeLessThan(run.report().counts.total);
  },
);
