import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder } from '../fixtures/new-folder.ts';
import { rawAnswer, startRawServer } from '../fixtures/raw-server.ts';
import { liveVariables } from '../fixtures/spawned-run.ts';
import { runConformance } from './run-conformance.ts';

const FEW = { select: { claims: ['RS-1', 'RS-2', 'ER-2', 'AU-2', 'TK-1', 'EP-4', 'ER-3'] } };

/** Characters that a terminal, an editor or a CI system interprets: C0, C1, line and paragraph separators, bidi controls. */
const ACTING = String.fromCodePoint(
  ...[...range(0x01, 0x09), 0x0b, 0x0c, ...range(0x0e, 0x20), ...range(0x7f, 0xa0), 0xad],
  ...[0x061c, 0x200b, 0x200e, 0x200f, 0x2028, 0x2029, ...range(0x202a, 0x202f), ...range(0x2066, 0x206a), 0xfeff],
);
const COMMANDS = ['::error::owned', '##[error]owned', '##vso[task.complete]owned', '::stop-commands::x'];
const LINES = COMMANDS.map((command) => `\n${command}\r${command}\u2028${command}\u0085${command}`).join('');

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

/** Hostile texts in every place that a run shows; some servers refuse the first call, so that its message is shown. */
const SERVERS: Readonly<Record<string, (count: number) => Buffer>> = {
  'a body that is not JSON': () => rawAnswer('200 OK', { 'content-type': 'text/html' }, ACTING + LINES),
  'a body of JSON': (count) =>
    json('200 OK', { id: `${count}${ACTING}${LINES}`, object: ACTING, [`${ACTING}${LINES}`]: LINES }),
  'a refusal': () => json('403 Forbidden', { status: LINES, error_code: ACTING, error_message: `${ACTING}${LINES}` }),
  'half a character': () =>
    rawAnswer('400 Bad', { 'content-type': 'application/json' }, `{"status":"\\ud800","error_code":"\\udc00x"}`),
  'a redirect': () => rawAnswer('302 Found', { location: `::error::owned \u0085\u009b ${COMMANDS.join(' ')}` }),
  'a content coding': () => rawAnswer('200 OK', { 'content-encoding': '::error::owned, ##[error]owned' }, 'x'),
  'a media type': () => rawAnswer('200 OK', { 'content-type': '##vso[task.complete]owned \u0085' }, '{}'),
  'a header': () =>
    rawAnswer(
      '200 OK',
      { 'content-type': 'application/json', '##x': '::error::\u009b', constructor: '__proto__' },
      '{}',
    ),
};

function json(status: string, value: object): Buffer {
  // Unescaped where JSON allows it.
  const text = JSON.stringify(value).replaceAll(/\\u00(7f|8.|9.)/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  return rawAnswer(status, { 'content-type': 'application/json' }, text);
}

/** Where a text has such a character; tab and line feed are allowed. */
function actingIn(text: string): string[] {
  const found = text.match(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu) ?? [];
  return [...new Set(found)]
    .filter((one) => one !== '\n' && one !== '\t')
    .map((one) => one.codePointAt(0)?.toString(16) ?? '');
}

test.each(Object.entries(SERVERS))("a server's text is never interpreted: %s", async (_, answer) => {
  const ok = (request: string) => {
    const sent = Object.fromEntries(new URLSearchParams(request.slice(request.indexOf('\r\n\r\n') + 4)));
    const times = { date_created: '2024-01-01T00:00:00Z', last_updated: '2024-01-01T00:00:00Z' };
    return json('200 OK', { object: 'customer', id: 'cst_1', ...times, ...sent });
  };
  for (const letIn of [0, 1]) {
    const server = await startRawServer((socket, request, count) =>
      socket.write(count > letIn || !/authorization/i.test(request) ? answer(count) : ok(request)),
    );
    const folder = newFolder();
    const files = { JUSPAY_RECORD: join(folder, 'run.har'), GITHUB_STEP_SUMMARY: join(folder, 'step.md') };
    const variables = { ...liveVariables(server.url), ...files, JUSPAY_REPORT_DIR: folder, GITHUB_ACTIONS: 'true' };
    let printed = '';
    const output = { write: (text: string) => (printed += text) };
    const exitCode = await runConformance(variables, { stdout: output, stderr: output }, FEW);
    expect([1, 2]).toContain(exitCode);
    await server.close();
    const written = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')] as const);
    const shown = new Map([...written, ['printed', printed]]);
    expect(shown.size).toBeGreaterThan(5);
    for (const [name, text] of shown) {
      expect({ name, acting: actingIn(text) }).toEqual({ name, acting: [] });
    }
    for (const line of printed.split('\n')) {
      // Our own annotations have a file or title; text between our two stop-commands lines is not interpreted.
      if (/^::(?:(?:error|notice|warning) (?:file|title)=|stop-commands::[\da-f]{20,}$|[\da-f]{20,}::$)/.test(line))
        continue;
      expect(line).not.toMatch(/^\s*(?:::|##)/);
    }
  }
});
