import { describe, expect, test } from 'vitest';
import { cleanReport } from '../fixtures/kinds-of-reports.ts';
import { commandsUpTo } from '../repeat.ts';
import type { ReportedCase, ReportedExchange } from '../reported-case.ts';
import { worstFirst } from '../worst-first.ts';
import { failureText } from './failure-text.ts';

function exchange(step: string, curl: string): ReportedExchange {
  return {
    step,
    curl,
    request: { method: 'POST', path: '/', headers: {}, body: '' },
    credentials: 'right',
    credentialsInWords: 'the API key, no password',
    retried: [],
    ms: 1,
  };
}

const FAILED: ReportedCase = {
  id: 'TK-4/existing-customer',
  claim: 'TK-4',
  title: 'a customer that exists already gets a token',
  verdict: 'fail',
  findings: [
    {
      claim: 'TK-4',
      expected: 'a property "juspay"',
      actual: 'no property "juspay"',
      pointer: '',
      exchange: 1,
      code: 'TK-4/body',
    },
    { claim: 'XX-1', expected: '"a"', actual: '"b"\nTK-4 is held', pointer: '/id', exchange: 0, code: 'XX-1/id' },
  ],
  retried: false,
  newCustomer: false,
  exchanges: [
    exchange('the first call', "curl \\\n  -X POST 'a'"),
    exchange('the second call', 'curl b'),
    exchange('another', 'curl c'),
  ],
  ms: 1,
};

test('a failed case tells every broken claim, and what to send, up to the answer that shows it', () => {
  expect(failureText(FAILED, [{ id: 'TK-4', reading: 'A customer gets a token.' }])).toBe(
    `TK-4 fails: A customer gets a token.
  expected  a property "juspay"
  actual    no property "juspay"
  reproduce (the first call)
    curl \\
      -X POST 'a'
  then      (the second call)
    curl b
XX-1 fails: A claim that is not in the table.
  expected  at /id "a"
  actual    "b"⏎TK-4 is held
  reproduce (the first call)
    curl \\
      -X POST 'a'`,
  );
});

describe('what to send', () => {
  test('says that a new customer needs a reference of its own', () => {
    expect(commandsUpTo({ ...FAILED, newCustomer: true }, 1).map((one) => one.step)).toEqual([
      'the first call; first give object_reference_id a new value',
      'the second call',
    ]);
  });

  test('is sent at the same time where it was', () => {
    const same = ['curl a', 'curl a', 'curl a'].map((curl) => exchange('three at once', curl));
    expect(commandsUpTo({ ...FAILED, exchanges: same }, 1)).toEqual([
      { name: 'Reproduce', step: 'three at once', shell: 'for i in 1 2 3; do\n  curl a &\ndone; wait' },
    ]);
    const different = ['curl a', 'curl b'].map((curl) => exchange('two at once', curl));
    expect(commandsUpTo({ ...FAILED, exchanges: different }, 0)).toEqual([
      { name: 'Reproduce', step: 'two at once', shell: 'curl a &\ncurl b &\nwait' },
    ]);
  });
});

test('the smallest call that shows a finding is sent alone, and is what a claim is shown by first', () => {
  const [first, second] = [
    exchange('the call', 'curl rich'),
    exchange('the smallest call that shows it', 'curl small'),
  ];
  const exchanges = [{ ...first, stepIndex: 0 }, second];
  expect(commandsUpTo({ ...FAILED, exchanges }, 1)).toEqual([
    { name: 'Reproduce', step: second.step, shell: 'curl small' },
  ]);
  const finding = { claim: 'RS-4', expected: '"A"', actual: '"a"', exchange: 1, code: 'RS-4/id' };
  const both = ['RS-4/two', 'RS-4/one'].map((id) => ({
    ...FAILED,
    id,
    exchanges: id === 'RS-4/one' ? exchanges : [first, second],
    findings: [finding],
  }));
  const report = { ...cleanReport(), cases: both };
  expect(worstFirst(report)[0]?.evidence.map((one) => one.case.id)).toEqual(['RS-4/one', 'RS-4/two']);
});
