import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { builtCommand } from '../fixtures/built-command.ts';
import { STRANGER, spellings, startEchoingServer } from '../fixtures/echoing-server.ts';
import { newFolder } from '../fixtures/new-folder.ts';
import { ownSuite } from '../fixtures/own-suite.ts';
import { liveVariables, type SpawnedRun, startRun } from '../fixtures/spawned-run.ts';

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const PLAIN = { JUSPAY_API_KEY: 'CanaryKey7d41e0b2c9', JUSPAY_MERCHANT_ID: 'canary-merchant-5519' };
/** Every character that some encoding changes. */
const NASTY = { JUSPAY_API_KEY: 'Cnry+K/y"<&>%41\\u0041~\'=?', JUSPAY_MERCHANT_ID: 'cnry&m<r>"ch\'%20+/=\\' };

/** Every byte that a run wrote: its output and its files. */
async function bytesOf(run: SpawnedRun): Promise<Map<string, string>> {
  await run.ended();
  const { stdout, stderr } = run.output();
  const written = new Map([...run.files(), ['stdout', stdout], ['stderr', stderr]] as const);
  return new Map([...written].map(([name, bytes]) => [name, bytes.toString('latin1')]));
}

/** Where a text is found, and in which encoding. Also finds the first ten characters of a key. */
function leaks(written: ReadonlyMap<string, string>, secrets: readonly string[]): string[] {
  return [...written].flatMap(([name, text]) =>
    secrets.flatMap((secret) =>
      [...spellings(secret), secret.slice(0, 10)]
        // JSON and XML files escape the text once more.
        .flatMap((spelling) => [spelling, JSON.stringify(spelling).slice(1, -1), xml(spelling)])
        .filter((spelling) => text.includes(spelling))
        .map((spelling) => `${name}: ${spelling} in …${around(text, spelling)}…`),
    ),
  );
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function around(text: string, part: string): string {
  const at = text.indexOf(part);
  return text.slice(Math.max(0, at - 60), at + part.length + 20);
}

/** Of every suite, so that each kind of answer comes to each kind of case. */
const MANY = ['-t', '^(?:AU|TK|RS|GC|EP|ER)-|^RQ-(?:7|16)/'];

test.each([
  ['a key of special characters', NASTY, [], 50],
  // Vitest's output for each case is masked when printed.
  ["a plain key, with vitest's own reporters", PLAIN, ['--reporter=verbose', '-t', 'AU-|RQ-7/|TK-'], 40],
] as const)('neither key, merchant id nor tokens are written: %s', async (_, canaries, args, failed) => {
  const server = await startEchoingServer();
  closing.push(server.close);
  const folder = newFolder();
  const variables = liveVariables(server.url, {
    ...canaries,
    JUSPAY_RECORD: join(folder, 'run.har'),
    JUSPAY_PROPERTIES: 'on',
    JUSPAY_RUNS: '5',
  });
  const run = startRun(variables, {
    folder,
    ...(args.length === 0 ? { node: [builtCommand(), 'run', ...MANY] } : { args }),
  });
  const written = await bytesOf(run);
  expect(written.get('run.har')).toContain('"_recording"');
  // The server was judged, and its texts are there except for the secrets.
  expect(run.report().counts.fail).toBeGreaterThan(failed);
  const text = written.get('report.json') ?? '';
  for (const name of ['API key', 'merchant id', 'client auth token']) expect(text).toContain(`[${name}]`);
  expect(server.tokens.size).toBeGreaterThan(failed);
  expect(leaks(written, Object.values(canaries))).toEqual([]);
  expect(
    [...written].flatMap(([name, content]) => [...content.matchAll(/tkn_canary\w*/g)].map((m) => `${name}: ${m[0]}`)),
  ).toEqual([]);
  // A stranger's data came back instead of ours.
  for (const value of Object.values(STRANGER)) expect(leaks(written, [value])).toEqual([]);
  expect(text).toContain("[somebody's data]");
  // Our own data is readable.
  expect(text).toContain('maria@example.com');
});

const START = `import { expect, test } from 'vitest';
  const { JUSPAY_API_KEY: apiKey = '', JUSPAY_MERCHANT_ID: account = '' } = process.env;`;

test('suites that compare, print and throw the key do not reveal it, whatever reports them', async () => {
  const reporters = ['default', 'junit', 'json', 'tap'].map((name) => `--reporter=${name}`);
  const suite = ownSuite(`${START}
    test('assertion', () => expect({ apiKey }).toEqual({ account }));
    test('console', () => {
      console.log(apiKey);
      console.error('%o', { account });
      process.stderr.write(apiKey.slice(0, 7));
      process.stderr.write(apiKey.slice(7));
    });
    test('error', () => { throw new Error(apiKey, { cause: new Error(account) }); });
    test('rejection', () => { void Promise.reject(new TypeError(apiKey)); });`);
  const throws = ownSuite(
    `${START}
    throw new Error(account + ' ' + Buffer.from(apiKey + ':').toString('base64'));`,
    [suite.suite],
  );
  const server = await startEchoingServer();
  closing.push(suite.remove, throws.remove, server.close);
  const run = startRun(liveVariables(server.url, PLAIN), { args: [...throws.args, ...reporters] });
  const written = await bytesOf(run);
  // What is wrong with a suite is no verdict on the server.
  expect([await run.ended(), run.verdict()]).toEqual([2, 'could-not-judge']);
  const printed = `${written.get('stdout')}${written.get('stderr')}`;
  // Both suites were loaded.
  for (const text of ['[API key]', 'AssertionError', 'TypeError', '[merchant id] ']) expect(printed).toContain(text);
  expect(leaks(written, Object.values(PLAIN))).toEqual([]);
});

test('a preflight that quotes the server reveals nothing', async () => {
  const server = await startEchoingServer();
  closing.push(server.close);
  const folder = newFolder();
  const run = startRun(
    liveVariables(server.url, { ...PLAIN, JUSPAY_BASE_URL: `${server.url}/${PLAIN.JUSPAY_MERCHANT_ID}` }),
    {
      folder,
      node: [builtCommand(), 'run', '-t', 'AU-2/'],
    },
  );
  expect(leaks(await bytesOf(run), Object.values(PLAIN))).toEqual([]);
});
