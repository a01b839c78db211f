import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { loadContract } from '../../spec/contract.ts';
import { allCases } from '../cases/all.ts';
import { STRANGER } from '../fixtures/echoing-server.ts';
import { recordRun, replayRun } from '../fixtures/record-run.ts';
import { startReferenceServer } from '../fixtures/reference-server.ts';

const KEYS = { apiKey: 'reference_key_0001', account: 'reference_merchant' };
const CASES = allCases.filter(({ id }) => /^(?:RS-[14]|GC-1|RQ-1|AU-2|EP-2)\/(?!property)/.test(id));

/** A reference server whose every answer tells about a stranger too: as a customer, in a message, in a header. */
async function startIndiscreetServer(): Promise<string> {
  const inner = await startReferenceServer(KEYS);
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const headers = new Headers(request.headers as Record<string, string>);
    for (const name of ['connection', 'content-length', 'transfer-encoding', 'host']) headers.delete(name);
    const body = Buffer.concat(pieces);
    const answer = await fetch(`${inner.url}${request.url}`, { method: 'POST', headers, body });
    const own = JSON.parse(await answer.text()) as object;
    const told = { ...own, previous: STRANGER, note: `met ${STRANGER.email_address}` };
    const bytes = Buffer.from(JSON.stringify(told));
    response.writeHead(answer.status, {
      'content-type': 'application/json',
      'x-last-customer': STRANGER.email_address,
    });
    // Every second body is not UTF-8, and is recorded as bytes.
    response.end(bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from([0xff])]));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    server.close();
    await inner.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("nothing of another person's data is in a recording, and the verdicts stay", async () => {
  const contract = await loadContract();
  const { results, har } = await recordRun(contract, { url: await startIndiscreetServer(), ...KEYS }, CASES);
  const bodies = har.log.entries.map(({ response: { content } }) =>
    Buffer.from(content.text ?? '', content.encoding === 'base64' ? 'base64' : 'utf8').toString('latin1'),
  );
  expect(new Set(har.log.entries.map(({ response }) => response.content.encoding))).toEqual(
    new Set([undefined, 'base64']),
  );
  const told = [JSON.stringify(har), ...bodies].join('\n');
  expect(Object.values(STRANGER).filter((text) => told.includes(text))).toEqual([]);
  expect(bodies.every((body) => body.includes("met [somebody's data]"))).toBe(true);
  // Ours is still there: what a case sent came back.
  expect(bodies.some((body) => body.includes('"first_name":"Maria"'))).toBe(true);
  const outline = (all: typeof results) => all.map(({ id, verdict, held }) => ({ id, verdict, held }));
  expect(outline(await replayRun(contract, JSON.stringify(har), CASES))).toEqual(outline(results));
});
