import { getResponse } from 'msw';
import { expect, test } from 'vitest';
import { loadContract } from '../../../spec/contract.ts';
import { casesOf } from '../../cases/all.ts';
import { judge } from '../../runner/judge-case.ts';
import { openRun } from '../../runner/operation.ts';
import type { Target } from '../../targets/target.ts';
import { customerHandlers } from '../customer-handlers.ts';
import { SAMPLE_KEY, SAMPLE_MERCHANT } from '../sample-access.ts';
import { MISBEHAVIOURS } from './misbehaviours.ts';

const contract = await loadContract();

/** The claims that the suite finds broken. */
async function blamed(fault: string): Promise<Set<string>> {
  const handlers = customerHandlers({ fault });
  const target: Target = {
    kind: 'mock',
    host: 'mock',
    apiKey: SAMPLE_KEY,
    account: SAMPLE_MERCHANT,
    close: async () => {},
    async send({ method, path, headers, body }) {
      const request = new Request(`https://sandbox.juspay.in${path}`, { method, headers, body });
      const response = await getResponse(handlers, request);
      if (response === undefined) throw new Error(`nothing at ${path}`);
      const bytes = new Uint8Array(await response.arrayBuffer());
      const answer = { status: response.status, headers: Object.fromEntries(response.headers), body: bytes };
      return { kind: 'answer', ...answer, retried: [], ms: 0 };
    },
  };
  const run = openRun(contract, target);
  const claims = new Set<string>();
  for (const one of [...casesOf('success'), ...casesOf('token')]) {
    for (const { claim } of (await judge(one, run)).findings) claims.add(claim);
  }
  return claims;
}

const claiming = MISBEHAVIOURS.flatMap(({ name, claim }) => (claim === undefined ? [] : [{ name, claim }]));

test.each(claiming)('$name: the suite finds $claim broken, as listed', async ({ name, claim }) => {
  expect([...(await blamed(name))]).toContain(claim);
});
