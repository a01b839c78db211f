import { expect, test } from 'vitest';
import { loadContract } from '../../../spec/contract.ts';
import { createMock } from '../../mock/mock.ts';
import { PROOF_KEYS } from '../../mock/proof-keys.ts';
import { sampleAt } from '../../mock/sampled/draw.ts';
import type { Effect } from '../../mock/sampled/effect.ts';
import { openFront, show, type Trigger } from '../../mock/sampled/front.ts';
import { randomFor } from '../../mock/sampled/random.ts';
import { judgeSample, type SampleOutcome } from './judge-sample.ts';
import { concludeSamples, sampledText, shareOf } from './sampled.ts';

const { document, ...contract } = await loadContract();

const NEVER: Trigger = { name: 'never', claims: [], fires: () => false, witness: () => [] };
const NOTHING: Effect = { name: 'nothing', claims: [] };

test('the same seed and index draw the same server', async () => {
  const drawn = await Promise.all([3, 3, 4].map((index) => sampleAt(7, index, document)));
  const [first, again, other] = drawn.map(({ trigger, effect }) => `${trigger.name} ${effect.name}`);
  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

test('choices are within their limits, and all of them occur', () => {
  const random = randomFor(1, 1);
  const chosen = new Set(Array.from({ length: 200 }, () => random.between(3, 6)));
  expect([...chosen].sort()).toEqual([3, 4, 5, 6]);
  expect(
    random.weighted([
      [0, 'never'],
      [1, 'always'],
    ]),
  ).toBe('always');
});

test('a front whose trigger never fires answers like the mock', async () => {
  const front = openFront(document, NEVER, NOTHING);
  const mock = createMock(document, PROOF_KEYS);
  await show(front, mock.path, [{ fields: { object_reference_id: 'a-customer', mobile_number: '9988776655' } }]);
  expect(front.touched()).toBe(0);
});

test('samples that break a claim are mostly caught, and no conforming one is accused', async () => {
  const outcomes: SampleOutcome[] = [];
  for (let index = 0; index < 24; index += 1) outcomes.push(await judgeSample({ document, ...contract }, 1, index));
  const { caught, accused, blamed } = concludeSamples(1, 0, outcomes);
  expect(accused).toEqual([]);
  expect(caught.part / caught.whole).toBeGreaterThan(0.6);
  expect(blamed.part).toBe(blamed.whole);
}, 60_000);

test('a share has a Wilson confidence interval', () => {
  const { from, to } = shareOf(95, 100);
  expect([from.toFixed(4), to.toFixed(4)]).toEqual(['0.8882', '0.9785']);
  expect(shareOf(0, 0)).toMatchObject({ from: 0, to: 1 });
});

test('the text names survivors, and accused and wrongly blamed servers', () => {
  const outcome = {
    index: 1,
    trigger: 'always',
    effect: 'no id',
    claims: ['RS-2'],
    broken: {},
    errors: 0,
    met: 3,
  };
  const text = sampledText(
    concludeSamples(1, 2, [
      outcome,
      { ...outcome, index: 2, broken: { 'RS-3': 'RS-3/object' } },
      { ...outcome, index: 3, claims: [], effect: 'a further field', broken: { 'EP-4': 'EP-4/customer' } },
    ]),
  );
  expect(text).toContain('caught            1 of 2 (50.0 %; 95 % confidence: 9.4 to 90.5 %)');
  expect(text).toContain('  1: always -> no id; breaks RS-2; the suite met it 3 times');
  expect(text).toContain('  2: always -> no id; breaks RS-2; blamed: RS-3 by RS-3/object');
  expect(text).toContain('  3: always -> a further field; EP-4 by EP-4/customer');
});
