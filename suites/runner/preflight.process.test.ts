import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { builtCommand } from '../fixtures/built-command.ts';
import { liveSettings } from '../fixtures/live-settings.ts';
import { listen } from '../fixtures/loopback.ts';
import { startReferenceServer } from '../fixtures/reference-server.ts';
import { startSandboxServer } from '../fixtures/sandbox-server.ts';
import { liveVariables, startRun } from '../fixtures/spawned-run.ts';
import { openLiveTarget } from '../targets/live-target.ts';
import { PreflightError, preflight } from './preflight.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

/** A server that gives this answer to every request, and counts them. */
async function serve(
  answer: (request: IncomingMessage, response: ServerResponse, count: number) => void,
): Promise<{ url: string; host: string; count: () => number }> {
  let count = 0;
  const server = createServer((request, response) => {
    request.resume().on('end', () => answer(request, response, ++count));
  });
  const { url, close } = await listen(server);
  closing.push(close);
  return { url, host: new URL(url).host, count: () => count };
}

/** The error of the preflight; undefined if it passes. */
async function endedBy(url: string): Promise<string | undefined> {
  const target = openLiveTarget(liveSettings(url));
  try {
    await preflight(target);
    return undefined;
  } catch (thrown) {
    if (!(thrown instanceof PreflightError)) throw thrown;
    return `${thrown.verdict}: ${thrown.message}`;
  } finally {
    await target.close();
  }
}

test('a missing header ends the run with 2 and is named, also in the report', async () => {
  const server = await startSandboxServer({ routing: 'required' });
  closing.push(server.close);
  const run = startRun(liveVariables(server.url), { node: [builtCommand(), 'run'] });
  expect(await run.ended()).toBe(2);
  const said =
    `could not judge: ${server.host} refuses an ordinary call: status 400, error_code "nullable", error_message ` +
    '"[xRoutingId] cannot be null". It requires a header: JUSPAY_HEADERS sends one with every call, for example ' +
    "JUSPAY_HEADERS='x-routing-id: {object_reference_id}'";
  expect(run.output().stderr.toString()).toBe(`${said}\n`);
  const report = run.report();
  expect(report).toMatchObject({ complete: false, summary: said });
  expect(report.counts).toMatchObject({ 'not-run': report.counts.total, pass: 0 });
  // Plus one for a new customer.
  expect(server.requestHeaders).toHaveLength(2);
});

test('a service that refuses existing customers passes the preflight, in the second run too', async () => {
  const server = await startSandboxServer({ laterCall: 'refuse' });
  closing.push(server.close);
  expect([await endedBy(server.url), await endedBy(server.url)]).toEqual([undefined, undefined]);
});

test('a server that accepts everything does not conform, after two requests', async () => {
  const { url, host, count } = await serve((_, response) => response.end('{}'));
  expect(await endedBy(url)).toBe(
    `does-not-conform: ${host} accepts everything: status 200 to an ordinary request, and 200 to one without ` +
      'credentials, without a merchant id and with an empty body. That is a stub, not the service',
  );
  expect(count()).toBe(2);
});

test('a page is not the API', async () => {
  const { url } = await serve((_, response) => response.end('<h1>It works!</h1>'));
  expect(await endedBy(url)).toMatch(/^could-not-judge: .* status 200, an HTML page "It works!"\. That is not the API/);
});

test('a redirect is not followed', async () => {
  const other = await serve((_, response) => response.end('{}'));
  const { url } = await serve((_, response) => response.writeHead(302, { location: `${other.url}/login` }).end());
  expect(await endedBy(url)).toContain(`status 302, to "${other.url}/login". Redirects are not followed`);
  expect(other.count()).toBe(0);
});

test('an IP address that is not allowed is explained', async () => {
  const server = await startSandboxServer({ allowedCalls: 0 });
  closing.push(server.close);
  expect(await endedBy(server.url)).toContain('The service lets in only the IP addresses that it knows');
});

test('a target that is down', async () => {
  const { url, host } = await serve(() => {});
  for (const close of closing.splice(0)) await close();
  expect(await endedBy(url)).toBe(
    `could-not-judge: ${host} did not answer an ordinary request: ECONNREFUSED: nothing listens there; ` +
      'check JUSPAY_BASE_URL and the network',
  );
});

test('an unknown host name', async () => {
  // Names in .invalid never resolve (RFC 6761); without DNS the lookup itself fails.
  expect(await endedBy('https://sandbox.invalid')).toMatch(
    /^could-not-judge: sandbox\.invalid did not answer an ordinary request: (?:ENOTFOUND: the host name is unknown; check JUSPAY_BASE_URL|EAI_AGAIN: the host name could not be resolved; check the network)$/,
  );
});

test('a server that fails once passes the preflight, but not one that always fails', async () => {
  const once = await serve((_, response, count) =>
    response.writeHead(count === 1 ? 500 : 200).end(count > 2 ? '' : '{}'),
  );
  expect(await endedBy(once.url)).toContain('accepts everything');
  const always = await serve((_, response) => response.writeHead(500).end());
  expect(await endedBy(always.url)).toContain('status 500. The service itself failed: try again later');
});

test.each(['email-mandatory', 'no-credentials-accepted', 'no-credentials-cause-500', 'merchant-optional'] as const)(
  'a server with the fault %s passes the preflight',
  async (fault) => {
    const server = await startReferenceServer({ fault });
    closing.push(server.close);
    expect(await endedBy(server.url)).toBeUndefined();
  },
);
