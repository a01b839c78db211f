import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder } from '../fixtures/new-folder.ts';
import { runHere } from '../fixtures/run-here.ts';
import { type SandboxKnobs, startSandboxServer } from '../fixtures/sandbox-server.ts';
import { liveVariables } from '../fixtures/spawned-run.ts';
import type { Selection } from './selection.ts';

/** A run against a stand-in of the sandbox that follows the page. */
async function run(knobs: Partial<SandboxKnobs>, variables: Record<string, string> = {}, select: Selection = {}) {
  const server = await startSandboxServer({ merchant: 'required', checks: 'page', ...knobs });
  const ran = await runHere(liveVariables(server.url, variables), select).finally(server.close);
  return { ...ran, report: ran.report(), requests: server.requestHeaders.length };
}

test.concurrent.each<[SandboxKnobs['refusedThen'], number, string]>([
  ['blocked', 3, 'status 403, error_message "Internal Server error.", user_message "Bad Origin.", code "BAD_ORIGIN", '],
  ['blocked', 120, 'The service lets in only the IP addresses that it knows'],
  [
    'revoked',
    120,
    'status 401, error_code "missing_authentication", error_message "Missing authentication". Check JUSPAY_',
  ],
  [400, 40, 'status 400, error_code "maintenance", error_message "Try again later". '],
  [400, 120, 'status 400, error_code "maintenance", error_message "Try again later". '],
  [500, 120, 'status 500, error_code "maintenance", error_message "Try again later". The service itself failed'],
])(
  'a refusal of kind %s after %i calls breaks no claim, and ends the calls',
  async (refusedThen, allowedCalls, words) => {
    const { report, exitCode, requests } = await run({ refusedThen, allowedCalls });
    expect([report.verdict, exitCode, report.counts.fail]).toEqual(['could-not-judge', 2, 0]);
    // The cause of a refusal that is not about access is searched first.
    expect(requests).toBeLessThan(allowedCalls + (typeof refusedThen === 'number' ? 100 : 40));
    const reasons = report.cases.filter(({ verdict }) => verdict === 'error').map(({ reason = '' }) => reason);
    expect(reasons.length).toBeGreaterThan(0);
    for (const reason of reasons) {
      expect(reason).toContain('an ordinary call, accepted earlier in this run, is now refused: ');
      expect(reason).toContain(words);
    }
  },
);

test('a service that starts to refuse everything does not pass the refusals at the end', async () => {
  const pattern = /^RQ-7\//;
  const { report, exitCode } = await run({ refusedThen: 400, allowedCalls: 10 }, {}, { pattern });
  expect([report.verdict, exitCode, report.counts.fail]).toEqual(['could-not-judge', 2, 0]);
  expect(report.counts.pass).toBeLessThan(10);
  expect((await run({}, {}, { pattern })).exitCode).toBe(0);
});

test.concurrent.each<[Partial<SandboxKnobs>, string[]]>([
  [{}, []],
  [{ times: 'microseconds-then-seconds' }, []],
  [{ laterCall: 'update' }, []],
  [{ refusalMessage: false }, []],
  [{ times: 'offset-without-colon' }, ['RS-5']],
  [{ laterCall: 'refuse' }, ['RS-1']],
  [{ merchant: 'optional' }, ['AU-4']],
  [{ checks: ['RQ-2', 'RQ-7', 'RQ-10', 'RQ-12'] }, ['RQ-8']],
])('a service like %j breaks %j', async (knobs, broken) => {
  const claims = 'AU-2 AU-3 AU-4 AU-5 RQ-1 RQ-8 RS-1 RS-4 RS-5 GC-1 GC-4 GC-5 TK-4 TK-5 ER-2'.split(' ');
  const { report } = await run(knobs, {}, { claims });
  expect(report.claims.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id)).toEqual(broken);
  expect(report.counts.error).toBe(0);
});

test("a service that refuses an earlier run's customers breaks one claim, in however many cases", async () => {
  const server = await startSandboxServer({ merchant: 'required', checks: 'page', laterCall: 'refuse' });
  const [first, second] = [await runHere(liveVariables(server.url)), await runHere(liveVariables(server.url))];
  await server.close();
  const broken = [first, second].map(({ report }) => report().claims.filter(({ verdict }) => verdict === 'fail'));
  expect(broken.map((claims) => claims.map(({ id }) => id))).toEqual([['RS-1'], ['RS-1']]);
  expect(second.report().counts.fail).toBeGreaterThan(100);
});

test('a customer made by a call that was wrongly accepted in an earlier run breaks no claim', async () => {
  const server = await startSandboxServer();
  const brokenIn = async (claims: readonly string[]) => {
    const { report } = await runHere(liveVariables(server.url), { claims });
    return report().claims.flatMap(({ id, verdict }) => (verdict === 'fail' ? [id] : []));
  };
  const refusing = ['RQ-10', 'RQ-12'];
  expect(await brokenIn(refusing)).toEqual(refusing);
  // The part of a run that does not make those calls knows of them too.
  expect(await brokenIn(['GC-2'])).toEqual([]);
  server.knobs = { ...server.knobs, merchant: 'required', checks: 'page' };
  expect(await brokenIn([...refusing, 'GC-2'])).toEqual([]);
  await server.close();
});

test('waivers for another host are named, and not applied', async () => {
  const file = join(newFolder(), 'waivers.yaml');
  const entry = '- { id: RS-3, reason: why, owner: who, expires: 2999-12-31 }';
  writeFileSync(file, `sandbox.juspay.in:\n  ${entry}\napi.sandbox.juspay.io:\n  ${entry}\n`);
  const { report, exitCode } = await run({}, { JUSPAY_WAIVERS: file }, { claims: ['RS-3'] });
  expect([exitCode, report.waivers]).toEqual([0, []]);
  expect(report.notices.find(({ code }) => code === 'other-waivers')).toMatchObject({
    fails: false,
    text: expect.stringContaining('sandbox.juspay.in, api.sandbox.juspay.io'),
  });
});
