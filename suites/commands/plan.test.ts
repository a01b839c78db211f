import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { bareEnvironment } from '../fixtures/bare-environment.ts';
import { newFolder } from '../fixtures/new-folder.ts';
import { type ReferenceServer, startReferenceServer } from '../fixtures/reference-server.ts';
import { liveVariables } from '../fixtures/spawned-run.ts';
import { runCommandLine } from './command.ts';
import { plan } from './plan.ts';

let server: ReferenceServer;
beforeEach(async () => {
  server = await startReferenceServer();
});
afterEach(() => server.close());

/** `juspay-conformance plan` with only these settings. */
async function planned(settings: Readonly<Record<string, string>>) {
  const said = { stdout: '', stderr: '' };
  const { env } = process;
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      said[name] += String(text);
      return true;
    }),
  );
  process.env = bareEnvironment(settings);
  try {
    return { code: await runCommandLine([plan], ['plan'], '1.0.0'), ...said };
  } finally {
    process.env = env;
    for (const spy of spies) spy.mockRestore();
  }
}

/** The rest of the plan's line that begins with `name`. */
function line(name: string, stdout: string): string {
  const found = stdout.split('\n').find((one) => one.startsWith(`${name} `));
  return found?.slice(name.length).trim() ?? `no line ${name} in\n${stdout}`;
}

describe('a plan of a live run', () => {
  test('prints what the run would do, and sends nothing', async () => {
    const { code, stdout, stderr } = await planned(
      liveVariables(server.url, {
        JUSPAY_MAX_RPS: '10',
        JUSPAY_REPORT_DIR: 'out',
        JUSPAY_RECORD: 'a.har',
        JUSPAY_WAIVERS: 'waivers.yaml',
      }),
    );
    const requests = Number(/^requests +(\d+)/m.exec(stdout)?.[1]);
    const [first, later] = /(\d+) on the first run, (\d+) on each later one/.exec(stdout)?.slice(1) ?? [];
    const cases = Number(/^cases +(\d+)$/m.exec(stdout)?.[1]);
    expect(requests).toBeGreaterThan(cases);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toBe(
      [
        `target          ${server.url}`,
        'headers         the documented ones',
        `cases           ${cases}`,
        'properties      none: JUSPAY_PROPERTIES=on turns them on',
        `requests        ${requests} if nothing fails, plus retries and calls to explain failures;`,
        '                at most 2000 (JUSPAY_MAX_REQUESTS)',
        `new customers   ${first} on the first run, ${later} on each later one; at most 500 (JUSPAY_MAX_NEW_CUSTOMERS)`,
        '                they cannot be deleted: the API has no call for it',
        `time            ${Math.ceil(requests / 10)} seconds or more, at 10 requests per second and 8 at a time`,
        '                at most 3600 seconds (JUSPAY_MAX_SECONDS)',
        'answers         at most 1048576 bytes each (JUSPAY_MAX_ANSWER_BYTES)',
        "report          out: every request and answer; keys, merchant id, tokens and other people's data masked",
        'recording       a.har: the same, for replays',
        'waivers         waivers.yaml',
        'Nothing was sent.',
        '',
      ].join('\n'),
    );
    expect(server.requests).toBe(0);
  });

  test('counts the most requests that properties can make', async () => {
    const without = await planned(liveVariables(server.url));
    const with5 = await planned(liveVariables(server.url, { JUSPAY_PROPERTIES: 'on' }));
    const with9 = await planned(liveVariables(server.url, { JUSPAY_RUNS: '9' }));
    const requests = ({ stdout }: { stdout: string }) => Number.parseInt(line('requests', stdout), 10);
    expect(line('properties', with5.stdout)).toBe('5 runs of each; a failing one is tried up to 41 more times');
    expect(line('properties', with9.stdout)).toMatch(/^9 runs of each/);
    // 1, 4 and 60 requests per execution.
    expect(requests(with5) - requests(without)).toBe(5 * 65);
    expect(requests(with9) - requests(without)).toBe(9 * 65);
  });

  test('with JUSPAY_ONLY=failed has only the cases that failed in the last report', async () => {
    const folder = newFolder();
    const only = liveVariables(server.url, { JUSPAY_REPORT_DIR: folder, JUSPAY_ONLY: 'failed' });
    const missing = await planned(only);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('error: JUSPAY_ONLY=failed needs the report of the last run: ');
    mkdirSync(folder, { recursive: true });
    const cases = [
      { id: 'AU-2/no-credentials-unknown-customer', verdict: 'fail' },
      { id: 'RS-1/only-mandatory-fields', verdict: 'pass' },
    ];
    const report = { target: { host: new URL(server.url).host }, cases };
    writeFileSync(join(folder, 'report.json'), JSON.stringify(report));
    const { stdout } = await planned(only);
    expect(line('cases', stdout)).toMatch(/^1 of \d+: what the last report failed, could not judge or did not run$/);
    // Two for the preflight, one for the case, and one to see whether its refusal says something.
    expect(line('requests', stdout)).toMatch(/^4 if nothing fails/);
  });

  test('refuses a production host, unless it is allowed by name; then selects fewer cases', async () => {
    const production = liveVariables('https://api.juspay.in');
    const refused = await planned(production);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('JUSPAY_BASE_URL names a production host, api.juspay.in');
    const allowed = { ...production, JUSPAY_ALLOW_PRODUCTION: 'api.juspay.in', JUSPAY_PROPERTIES: 'on' };
    const { code, stdout } = await planned(allowed);
    expect(code).toBe(0);
    expect(line('target', stdout)).toBe('https://api.juspay.in   PRODUCTION: its customers are real people');
    expect(line('cases', stdout)).toMatch(/^\d+ of \d+: refused calls, and one customer$/);
    expect(line('properties', stdout)).toBe('none in production');
    expect(line('new customers', stdout)).toMatch(/^2 on the first run, 0 on each later one; at most 3/);
    expect(line('time', stdout)).toMatch(/at 2 requests per second and 1 at a time$/);
  });

  test('masks the key and the merchant id, even in the URL', async () => {
    const { stdout } = await planned(liveVariables(`${server.url}/reference_merchant`));
    expect(line('target', stdout)).toBe(`${server.url}/[merchant id]`);
    expect(stdout).not.toContain('reference_key_0001');
  });
});

test.each([
  ['the built-in mock', {}],
  ['a recording', { JUSPAY_TARGET: 'replay', JUSPAY_RECORDING: 'a.har' }],
])('%s needs no plan', async (what, settings) => {
  const { code, stdout } = await planned(settings as Record<string, string>);
  expect(code).toBe(0);
  expect(stdout).toBe(
    `The target is ${what}: nothing leaves this process. Set JUSPAY_TARGET=live to plan a live run.\n`,
  );
});
