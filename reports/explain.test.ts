import { expect, test } from 'vitest';
import type { Claim } from '../spec/claims.ts';
import { explainText } from './explain.ts';
import { hostileReport } from './fixtures/kinds-of-reports.ts';

const CLAIM: Claim = {
  id: 'EP-1',
  level: 'must',
  page: 'Endpoints',
  reading: 'It is there.',
  neighbours: [{ what: 'SDKs post to /customers', where: 'SDKs' }],
};
const CASES = [
  { id: 'EP-1/post', claim: 'EP-1', title: 'POST is answered' },
  { id: 'EP-2/x', claim: 'EP-2', title: 'another' },
];

test('a claim is explained with its source, its neighbours, its proof, its cases and its commands', () => {
  expect(explainText(CLAIM, CASES, hostileReport().proof, 80)).toBe(`EP-1
  Reading         It is there.
  Documentation   Endpoints
  Level           must: a server that differs does not conform
  Elsewhere       SDKs post to /customers (SDKs)
  Proof           the suite finds 3 of 3 servers that break it on purpose
  Run it          juspay-conformance run --claim EP-1
  Waive it        juspay-conformance waive reports/out/report.json waivers.yaml
                  --claim EP-1
  Cases (1)
    EP-1/post  POST is answered
`);
});

test('an open claim says how it can be read, and that there is nothing to waive', () => {
  const open: Claim = { ...CLAIM, level: 'open', observes: 'whether', readings: ['yes', 'no'] };
  const text = explainText(open, [], undefined, 80);
  expect(text).toContain('Can be read as  yes\n  Can be read as  no\n');
  expect(text).not.toMatch(/Waive it|Proof/);
});
