import { describe, expect, test } from 'vitest';
import { loadContract } from '../../spec/contract.ts';
import { allMutants } from '../mock/mutants/all-mutants.ts';
import { readRawDocument } from '../mock/mutants/raw-document.ts';
import { conclude, type Findings, type MutantOutcome } from './proof.ts';
import { proveMutant } from './prove-part.ts';
import { readEquivalents } from './reasons.ts';
import { proofText } from './table.ts';

const KILLED: MutantOutcome = {
  id: 'x:dropped',
  kind: 'answer',
  claim: 'RS-2',
  description: 'x is missing',
  broken: { 'RS-2': 'RS-2/id' },
  unrelated: [],
  outcome: 'killed',
  blamed: true,
  smoke: false,
};

const NOTHING: Findings = {
  ...{ contractSha256: 'abc', seconds: 1, mutants: [], variants: [], transport: [], coverage: [], orphans: [] },
};

function problemsWith(found: Partial<Findings>): readonly string[] {
  return conclude({ ...NOTHING, ...found }).problems;
}

function mutant(outcome: Partial<MutantOutcome>): Partial<Findings> {
  return { mutants: [KILLED, { ...KILLED, ...outcome }] };
}

describe('what fails a proof', () => {
  test('nothing, if every mutant is killed for what it breaks', () => {
    expect(problemsWith({ mutants: [KILLED] })).toEqual([]);
  });

  test.for<[string, Partial<Findings>, string[]]>([
    [
      'a mutant that survived',
      mutant({ outcome: 'survived', blamed: false, broken: {} }),
      ['survived: x:dropped (x is missing) should have broken RS-2'],
    ],
    [
      'a mutant that another claim was blamed for',
      mutant({ blamed: false, broken: { 'RS-3': 'RS-3/object' } }),
      ['blamed wrongly: x:dropped (x is missing) breaks RS-2, but RS-3 was blamed'],
    ],
    [
      'a mutant that an unrelated claim was blamed for too',
      mutant({ unrelated: ['RS-3'], broken: { 'RS-2': 'RS-2/id', 'RS-3': 'RS-3/object' } }),
      ['imprecise: x:dropped (x is missing) also fails RS-3, by RS-3/object'],
    ],
    [
      'an equivalent that was caught',
      mutant({ outcome: 'equivalent', broken: { 'RS-2': 'RS-2/id', 'RS-3': 'RS-3/object' } }),
      ['not equivalent: x:dropped (x is missing) was caught: RS-2 by RS-2/id, RS-3 by RS-3/object'],
    ],
    [
      'a variant that was accused',
      { variants: [{ name: 'gzip', open: 'EP-4', passed: false, accused: { 'RS-1': 'RS-1/creation' } }] },
      ['accused: the variant gzip is right, but RS-1: RS-1/creation'],
    ],
    [
      'a transport fault that was not detected, or blamed on an unrelated claim',
      {
        transport: [
          { name: 'hang', told: false, accused: {} },
          { name: 'drip', told: false, accused: { 'EP-4': 'EP-4/customer' } },
        ],
      },
      [
        'not detected: the transport fault hang: no claim was blamed',
        'not detected: the transport fault drip: EP-4: EP-4/customer',
      ],
    ],
    [
      'a constraint tried from one side only, without a reason',
      { coverage: [{ constraint: 'first_name/pattern', claim: 'RQ-10', accepted: 3, refused: 0 }] },
      ['one-sided: first_name/pattern (RQ-10): 3 cases accepted, 0 refused'],
    ],
    [
      'a reason without a constraint or mutant',
      { orphans: ['orphan: equivalents.yaml names x, which is not a mutant'] },
      ['orphan: equivalents.yaml names x, which is not a mutant'],
    ],
  ])('%s', ([, found, problems]) => {
    expect(problemsWith(found)).toEqual(problems);
    expect(
      proofText(conclude({ ...NOTHING, ...found })).endsWith(
        `\nThe proof does not hold:\n${problems.map((one) => `  ${one}\n`).join('')}`,
      ),
    ).toBe(true);
  });

  test('not a constraint with a reason, nor an equivalent that was not caught', () => {
    const reasoned = { constraint: 'x/type', claim: 'EP-2', accepted: 3, refused: 0, reason: 'a form carries text' };
    const equivalent = { ...KILLED, outcome: 'equivalent' as const, blamed: false, broken: {} };
    expect(problemsWith({ coverage: [reasoned], mutants: [equivalent] })).toEqual([]);
  });
});

test('figures count what was killed, blamed and precise; equivalents are left out', () => {
  const { mutants, byClaim } = conclude({
    ...NOTHING,
    mutants: [
      KILLED,
      { ...KILLED, outcome: 'survived', blamed: false, broken: {} },
      { ...KILLED, blamed: false, unrelated: ['RS-3'], broken: { 'RS-3': 'RS-3/object' } },
      { ...KILLED, outcome: 'equivalent', blamed: false, broken: {} },
    ],
  });
  expect(mutants).toEqual({ total: 4, killed: 2, survived: 1, equivalent: 1, blamed: 1, precise: 1, smoke: 0 });
  expect(byClaim).toEqual({ 'RS-2': { mutants: 3, killed: 2 } });
});

test('one survivor of a thousand shows in the percentage', () => {
  const mutants = Array.from({ length: 1000 }, (_, index) =>
    index === 0 ? { ...KILLED, outcome: 'survived' as const, blamed: false, broken: {} } : KILLED,
  );
  const [line] = proofText(conclude({ ...NOTHING, mutants }))
    .split('\n')
    .filter((text) => text.startsWith('killed'));
  expect(line).toBe('killed                       999 of 1000 (99.9 %)');
});

describe('the derived mutants', async () => {
  const document = await readRawDocument();
  const mutants = allMutants(document);
  const contract = await loadContract();

  test('have unique ids, and name only must claims', () => {
    const must = new Set(contract.claims.filter(({ level }) => level === 'must').map(({ id }) => id));
    expect(new Set(mutants.map(({ id }) => id)).size).toBe(mutants.length);
    const named = mutants.flatMap(({ id, claim, related }) => [claim, ...related].map((one) => ({ id, one })));
    expect(named.filter(({ one }) => !must.has(one))).toEqual([]);
  });

  test('cover every must claim', () => {
    const broken = new Set(mutants.map(({ claim }) => claim));
    const left = contract.claims.filter(({ id, level }) => level === 'must' && !broken.has(id)).map(({ id }) => id);
    expect(left).toEqual([]);
  });

  test('called equivalent exist, and a wrongly listed one is caught', async () => {
    const ids = new Set(mutants.map(({ id }) => id));
    expect(readEquivalents().filter(({ id }) => !ids.has(id))).toEqual([]);
    const [wrong] = mutants.filter(({ id }) => id === 'customer.id:emptied');
    if (wrong === undefined) throw new Error('the mutant is gone');
    const outcome = await proveMutant(wrong, document, contract, true);
    expect(problemsWith({ mutants: [outcome] })[0]).toMatch(
      /^not equivalent: customer\.id:emptied \(id is an empty text\) was caught: RS-2 by [A-Z]{2}-\d+\//,
    );
  });
});
