import { describe, expect, test } from 'vitest';
import { listConstraints } from '../../spec/constraints.ts';
import { loadContract } from '../../spec/contract.ts';
import { HEADINGS } from '../../spec/page-headings.ts';
import { OBSERVERS } from '../judge/customer/observers.ts';
import { fillFields } from '../judge/customer/request.ts';
import { allCases } from './all.ts';
import {
  EMAIL_EXCLUDED,
  EMAIL_SPECIALS,
  LETTERS_AND_DIGITS,
  NAME_EXCLUDED,
  NAME_SPECIALS,
  PRINTABLE_ASCII,
} from './characters.ts';

import { SMOKE_CASES } from './smoke.ts';

const contract = await loadContract();
const claims = new Map(contract.claims.map((claim) => [claim.id, claim]));
const DIGITS = '0123456789abcdef'.repeat(4);

describe('ids are frozen', () => {
  test('of claims', () => {
    expect(contract.claims.map(({ id, level }) => `${id} ${level}`)).toMatchSnapshot();
  });

  test('of cases', () => {
    expect(allCases.map(({ id }) => id)).toMatchSnapshot();
  });

  test('case ids are unique, and have the form claim/what-is-tested', () => {
    expect(new Set(allCases.map(({ id }) => id)).size).toBe(allCases.length);
    for (const { id, claim } of allCases) expect(id).toMatch(new RegExp(`^${claim}/[A-Za-z0-9-]+$`));
  });
});

describe('claims, constraints and cases are consistent', () => {
  test('every claim has a case', () => {
    const tried = new Set(allCases.map(({ claim }) => claim));
    expect([...claims.keys()].filter((id) => !tried.has(id))).toEqual([]);
  });

  test('every claim comes from a heading of the page', () => {
    const headings: ReadonlySet<string> = new Set(HEADINGS);
    expect([...claims.values()].filter(({ page }) => !headings.has(page))).toEqual([]);
  });

  test('every case and every blaming step names a defined claim', () => {
    const named = allCases.flatMap((one) => [
      { by: one.id, claim: one.claim },
      ...one.steps.flatMap(({ blames, echoClaim, mixUpClaim, tokenClaim }) =>
        [blames, echoClaim, mixUpClaim, tokenClaim].flatMap((claim) =>
          typeof claim === 'string' ? [{ by: one.id, claim }] : [],
        ),
      ),
      ...(one.relations ?? []).flatMap(({ claim }) => (claim === undefined ? [] : [{ by: one.id, claim }])),
    ]);
    expect(named.filter(({ claim }) => !claims.has(claim))).toEqual([]);
  });

  test('exactly the cases of open claims observe, with an existing observation', () => {
    const wrong = allCases.filter(
      ({ claim, observe }) =>
        (claims.get(claim)?.level === 'open') !== (observe !== undefined) ||
        (observe !== undefined && !(observe in OBSERVERS)),
    );
    expect(wrong.map(({ id }) => id)).toEqual([]);
  });

  test('every constraint names a claim that has a case', () => {
    const tried = new Set(allCases.map(({ claim }) => claim));
    const constraints = listConstraints(contract.document);
    expect(constraints.length).toBeGreaterThan(100);
    expect(constraints.filter(({ claim }) => !tried.has(claim))).toEqual([]);
  });

  test('every must claim is enforced by a constraint, or cannot be expressed in a schema', () => {
    const enforced = new Set(listConstraints(contract.document).map(({ claim }) => claim));
    const byCode = [...claims.values()]
      .filter(({ id, level }) => level === 'must' && !enforced.has(id))
      .map(({ id }) => id);
    // Spelling, time, identity, and tokens of several calls are checked by code in suites/judge, with faults in suites/mock.
    expect(byCode).toEqual(['RS-6', 'RS-9', 'GC-1', 'GC-2', 'GC-3', 'GC-4', 'TK-3', 'TK-4', 'TK-5', 'TK-6']);
  });
});

describe('small sets are tested completely', () => {
  const sent = (expectation: string, claim: string, field: string) =>
    allCases
      .filter((one) => one.claim === claim)
      .flatMap(({ steps }) => steps)
      .filter(({ expect: wanted }) => wanted === expectation)
      .flatMap(({ calls }) => calls.map((call) => fillFields(call, DIGITS)[field] ?? ''));

  test.for([
    ['email_address', 'RQ-6', [...LETTERS_AND_DIGITS, ...EMAIL_SPECIALS]],
    ['first_name', 'RQ-9', [...LETTERS_AND_DIGITS, ...NAME_SPECIALS]],
    ['last_name', 'RQ-11', [...LETTERS_AND_DIGITS, ...NAME_SPECIALS]],
  ] as const)('every allowed character of %s is accepted', ([field, claim, characters]) => {
    const values = sent('accepted', claim, field);
    expect(
      characters.filter((character) => !values.some((value) => value.split('@', 1)[0]?.includes(character))),
    ).toEqual([]);
  });

  test.for([
    ['email_address', 'RQ-7', EMAIL_EXCLUDED],
    ['first_name', 'RQ-10', NAME_EXCLUDED],
    ['last_name', 'RQ-12', NAME_EXCLUDED],
  ] as const)('every excluded character of %s is refused, alone in its value', ([field, claim, characters]) => {
    const values = sent('bad-request', claim, field);
    const alone = (character: string) =>
      values.some((value) => characters.filter((other) => value.includes(other)).join() === character);
    expect(characters.filter((character) => !alone(character))).toEqual([]);
  });

  test('allowed, excluded and open characters are all the printable ones', () => {
    const email = [...LETTERS_AND_DIGITS, ...EMAIL_SPECIALS, '@', ...EMAIL_EXCLUDED];
    const name = [...LETTERS_AND_DIGITS, ...NAME_SPECIALS, ' ', ...NAME_EXCLUDED];
    expect(email.sort()).toEqual([...PRINTABLE_ASCII].sort());
    expect(name.sort()).toEqual([...PRINTABLE_ASCII].sort());
  });
});

test('an accepted call stays within the limits of what the page defines', () => {
  const known = new Set([
    ...['object_reference_id', 'mobile_number', 'email_address', 'first_name', 'last_name', 'mobile_country_code'],
    'options.get_client_auth_token',
  ]);
  const accepted = allCases
    .flatMap(({ steps }) => steps)
    .filter(({ expect: wanted }) => wanted === 'accepted')
    .flatMap(({ calls }) => calls.map((call) => fillFields(call, DIGITS)));
  for (const fields of accepted) {
    expect(Object.keys(fields).filter((name) => !known.has(name))).toEqual([]);
    expect(Object.values(fields)).not.toContain('');
    expect(Object.values(fields).filter((value) => value.includes('{any'))).toEqual([]);
    expect(fields['object_reference_id']?.length ?? 0).toBeGreaterThanOrEqual(8);
    expect(fields['object_reference_id']?.length ?? 0).toBeLessThanOrEqual(64);
    expect(fields['first_name']?.length ?? 0).toBeLessThanOrEqual(40);
    expect(fields['last_name']?.length ?? 0).toBeLessThanOrEqual(40);
    expect(`${fields['first_name'] ?? ''}${fields['last_name'] ?? ''}`).toMatch(/^[A-Za-z0-9().\-_]*$/);
    // An ordinary domain that nobody owns: tests must not use addresses that may be read.
    const email = fields['email_address'] ?? 'a@example.com';
    expect(email.length).toBeLessThanOrEqual(80);
    expect(email).toMatch(/^[^@]{1,64}@(?:[A-Za-z0-9-]+\.)+(?:com|org|net|example|test|invalid)$/i);
    expect(email).toMatch(
      /@(?:.*\.)?(?:example\.(?:com|org|net)|[^.]+\.(?:example|test|invalid)|example1\.test|gmail\.com)$/i,
    );
    expect(fields['mobile_number'] ?? '').toMatch(/^(?:\d{8}|\d{10})$/);
    expect(fields['mobile_country_code'] ?? '1').toMatch(/^\d{1,3}$/);
  }
});

/** The most requests of a live run on a conforming server, two of them in the preflight. */
const REQUESTS = 400;

test('a live run of a conforming server stays within its number of requests', () => {
  const calls = allCases.filter(({ property }) => property === undefined).flatMap(({ steps }) => steps);
  expect(calls.reduce((sum, step) => sum + step.calls.length, 2)).toBeLessThanOrEqual(REQUESTS);
});

test('the smoke profile has only existing cases, and stays within its requests', () => {
  const smoke = allCases.filter(({ id }) => SMOKE_CASES.has(id));
  const calls = smoke.flatMap(({ steps }) => steps.flatMap((step) => step.calls));
  expect(smoke).toHaveLength(SMOKE_CASES.size);
  expect(calls.length + 2).toBeLessThanOrEqual(40);
});
