import { afterEach, expect, test } from 'vitest';
import { liveSettings } from '../fixtures/live-settings.ts';
import { rawAnswer, startRawServer } from '../fixtures/raw-server.ts';
import { openLiveTarget } from '../targets/live-target.ts';
import { createMasker } from './mask.ts';
import { learningTokens } from './tokens.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const TOKEN = `tkn_${'1a'.repeat(16)}`;

/** A text masked after a server's answer. */
async function maskedAfter(answer: string, text: string, headers: Record<string, string> = {}): Promise<string> {
  const server = await startRawServer((socket) => socket.write(rawAnswer('400 Bad Request', headers, answer)));
  const target = openLiveTarget(liveSettings(server.url));
  closing.push(server.close, target.close);
  const masker = createMasker([]);
  await learningTokens(target, masker).send({ method: 'POST', path: '/', headers: {}, body: 'a=b' });
  return masker.mask(text);
}

test.each([
  ['as on the page', `{"juspay":{"client_auth_token":"${TOKEN}"}}`],
  ['in a form', `a=b&client_auth_token=${TOKEN}`],
  ['in JSON inside a string', JSON.stringify({ log: `{"client_auth_token":"${TOKEN}"}` })],
  ['in HTML', `<td>client_auth_token</td><td>${TOKEN}</td>`],
])('a token %s is masked from then on', async (_, answer) => {
  expect(await maskedAfter(answer, `elsewhere ${TOKEN}`)).toBe('elsewhere [client auth token]');
});

test('a token in a header is masked too', async () => {
  expect(await maskedAfter('', `elsewhere ${TOKEN}`, { 'x-last': TOKEN })).toBe('elsewhere [client auth token]');
});

test.each([
  'options.get_client_auth_token: expected true or false',
  '{"errors":{"options.get_client_auth_token":"required"}}',
  '{"error_message":"client_auth_token = forbidden"}',
])('the message %s does not make our words secrets', async (answer) => {
  const ours = '{"expected":"a required value, nothing forbidden"}';
  expect(await maskedAfter(answer, ours)).toBe(ours);
});
