import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { loadContract } from '../../spec/contract.ts';
import { allCases } from '../cases/all.ts';
import { STRANGER, spellings } from '../fixtures/echoing-server.ts';
import { listen } from '../fixtures/loopback.ts';
import { recordRun, replayRun } from '../fixtures/record-run.ts';
import { createMock } from '../mock/mock.ts';

const KEYS = { apiKey: 'canary/Key+"7f3&=', account: 'canary?merchant/91' };
const TOKEN = (count: number) => `tkn_canary/+"${'c4n4ry'.repeat(4)}${count}`;

/** A server that repeats key, merchant id and tokens in every encoding, and reveals a stranger, in bodies and headers. */
async function startEchoingServer() {
  const { document } = await loadContract();
  let tokens = 0;
  const given: string[] = [];
  const ids = {
    customerId: () => `cst_${crypto.randomUUID()}`,
    token: () => {
      tokens += 1;
      given.push(TOKEN(tokens));
      return TOKEN(tokens);
    },
  };
  const mock = createMock(document, { ...KEYS, ids });
  const server = createServer(async (request, response) => {
    const body = await text(request);
    const headers = request.headers as Record<string, string>;
    const answer = await mock.answer({ method: request.method ?? '', path: request.url ?? '', headers, body });
    const secrets = [KEYS.apiKey, KEYS.account, ...given.slice(-2)];
    const echo = secrets.flatMap(spellings);
    const told = { previous: STRANGER, note: `met ${STRANGER.email_address}`, echo, sent: request.headers };
    const said = JSON.stringify({ ...(JSON.parse(String(answer.body)) as object), ...told });
    // Bodies that are not UTF-8 are recorded differently; calls with eight digits get one.
    const bytes = body.includes('mobile_number=99887766&')
      ? Buffer.concat([Buffer.from(said), Buffer.from([0xff])])
      : Buffer.from(said);
    const all = {
      ...answer.headers,
      'set-cookie': `session=${KEYS.apiKey}`,
      'x-echo': echo.join(' '),
      'x-last-customer': STRANGER.email_address,
    };
    response.writeHead(answer.status, { ...all, 'content-encoding': 'gzip' }).end(gzipSync(bytes));
  });
  return { ...(await listen(server)), given };
}

test('a recording has no secret and no data of another person, in any encoding, and the same verdicts', async () => {
  const contract = await loadContract();
  const server = await startEchoingServer();
  try {
    const { results, har } = await recordRun(contract, { url: server.url, ...KEYS });
    const file = JSON.stringify(har, null, 1);
    const held = har.log.entries.flatMap(({ response: { content } }) =>
      'encoding' in content ? [Buffer.from(content.text, 'base64').toString('latin1')] : [],
    );
    expect(held.length).toBeGreaterThan(0);
    // The file as written, with its JSON decoded once, and with its base64 bodies decoded.
    const bytes = [file, JSON.stringify(har).replaceAll('\\"', '"').replaceAll('\\\\', '\\'), ...held].join('\n');
    const canaries = [KEYS.apiKey, KEYS.account, ...server.given];
    const found = canaries.flatMap(spellings).filter((text) => bytes.includes(text));
    expect(server.given.length).toBeGreaterThan(20);
    expect(found).toEqual([]);
    expect(Object.values(STRANGER).filter((text) => bytes.includes(text))).toEqual([]);
    expect(bytes).toContain("met [somebody's data]");
    // Our own data is kept: it came back in the answers.
    expect(bytes).toContain('"first_name":"Maria"');
    const outline = (all: typeof results) => all.map(({ id, verdict, held }) => ({ id, verdict, held }));
    expect(outline(await replayRun(contract, file, allCases))).toEqual(outline(results));
  } finally {
    await server.close();
  }
});
