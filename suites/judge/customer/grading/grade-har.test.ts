import { expect, test } from 'vitest';
import { loadContract } from '../../../../spec/contract.ts';
import { allCases } from '../../../cases/all.ts';
import type { Case } from '../../../cases/case.ts';
import { recordRun } from '../../../fixtures/record-run.ts';
import { FAULTS, type FaultName, VARIANT_GROUPS, type VariantName } from '../../../fixtures/reference-deviations.ts';
import { type ReferenceServerOptions, startReferenceServer } from '../../../fixtures/reference-server.ts';
import { type GradedHar, gradeHar } from './grade-har.ts';

const KEYS = { apiKey: 'reference_key_0001', account: 'reference_merchant' };

/** A live run's own traffic, graded without knowledge of its origin. */
async function gradeTrafficOf(options: ReferenceServerOptions, isWanted: (one: Case) => boolean): Promise<GradedHar> {
  const contract = await loadContract();
  const server = await startReferenceServer({ ...KEYS, ...options });
  try {
    const { har } = await recordRun(contract, { url: server.url, ...KEYS }, allCases.filter(isWanted));
    return gradeHar(har, contract);
  } finally {
    await server.close();
  }
}

function brokenIn({ exchanges }: GradedHar): string[] {
  return [...new Set(exchanges.flatMap(({ flaws }) => flaws.map(({ claim }) => claim)))].sort();
}

const TELLING = /^(?:GC|TK|AU|RS|EP|ER)-|\/(?:empty|plus-sign|long|no-|two-|letters|accent|space|chinese|repeated)/;

/** Headers removed before a tool writes its file. */
const OF_TRANSPORT: readonly VariantName[] = [
  'gzip',
  'chunked',
  'closes-connection',
  'busy-now-and-then',
  'resets-now-and-then',
];
const GROUPS = VARIANT_GROUPS.map((group) => group.filter((name) => !OF_TRANSPORT.includes(name)));

test.concurrent.for([[], ...GROUPS.filter((group) => group.length > 0)])(
  'traffic of a conforming server (%s) breaks no claim',
  async (...[variant]) => {
    // Properties once: they make as many calls as everything else.
    const isWanted = ({ id, property }: Case) => TELLING.test(id) && (property === undefined || variant.length === 0);
    const graded = await gradeTrafficOf({ variant }, isWanted);
    expect(brokenIn(graded)).toEqual([]);
    expect(graded.verdict).toBe('conforms');
  },
);

/** Faults that traffic alone cannot show. */
const UNSEEN: Partial<Record<FaultName, string>> = {
  'no-credentials-accepted': 'tools remove credentials from their files',
  'key-prefix-accepted': 'the file does not say which key is right',
  'refusal-shows-customer': 'the file does not say which key is right',
};

/** Faults that break another claim if exchanges are not known to belong together. */
const TOLD_AS: Partial<Record<FaultName, string>> = { 'race-on-creation': 'GC-1', 'token-only-on-creation': 'TK-1' };

test.concurrent.each(Object.keys(FAULTS) as FaultName[])('traffic of a faulty server (%s) fails', async (fault) => {
  const { claim, alsoBreaks = [] } = FAULTS[fault];
  // Plus one ordinary case, which shows that the key is accepted.
  const graded = await gradeTrafficOf(
    { fault },
    ({ id, claim: asks, property }) =>
      property === undefined && ([claim, ...alsoBreaks].includes(asks) || id === 'RQ-16/true'),
  );
  const broken = brokenIn(graded);
  // One exchange does not show which field caused a refusal, so RS-1 breaks.
  // A change in a call that asks for a token breaks TK-5, whatever caused it.
  const fitting = [claim, ...alsoBreaks, 'RS-1', 'TK-5', TOLD_AS[fault]];
  expect(broken.filter((one) => !fitting.includes(one))).toEqual([]);
  expect(broken.length > 0).toBe(!(fault in UNSEEN));
  expect(graded.verdict).toBe(broken.length > 0 ? 'does-not-conform' : 'conforms');
});
