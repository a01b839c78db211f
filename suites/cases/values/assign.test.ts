import { describe, expect, test } from 'vitest';
import { allCases, TABLES } from '../all.ts';
import type { Call } from '../case.ts';
import { SPREAD, spread } from '../forbidden-characters.ts';
import { fillIn } from '../template.ts';
import { assignValues, chooseClasses, dataSets } from './assign.ts';
import { ABSENT } from './classes.ts';
import type { Chosen, Factor } from './covering.ts';
import { CLASSES, FACTORS } from './factors.ts';
import { shareCustomers } from './shared-customers.ts';

const tables = Object.values(TABLES).flat();
const accepted = allCases.flatMap(({ id, steps }) =>
  steps
    .filter(({ expect: wanted }) => wanted === 'accepted')
    .flatMap(({ calls, owner }) => calls.map((call) => ({ id, call, isAgain: owner !== undefined }))),
);

function pairsMissing(factors: readonly Factor[], rows: readonly Chosen[]): string[] {
  const pairs = factors.flatMap((one, index) =>
    factors
      .slice(index + 1)
      .flatMap((other) =>
        one.levels.flatMap((level) => other.levels.map((second) => [one.name, level, other.name, second] as const)),
      ),
  );
  return pairs
    .filter(([one, level, other, second]) => !rows.some((row) => row[one] === level && row[other] === second))
    .map((pair) => pair.join(' '));
}

describe('calls that must be accepted', () => {
  test('cover every class of values, and about seven of eight pairs of classes', () => {
    const chosen = chooseClasses(dataSets(shareCustomers(tables)));
    const used = FACTORS.flatMap(({ name, levels }) =>
      levels.map((level) => [`${name} ${level}`, chosen.filter((row) => row[name] === level).length] as const),
    );
    expect(used.filter(([, times]) => times < 5)).toEqual([]);
    const pairs = pairsMissing(FACTORS, []);
    expect(pairsMissing(FACTORS, chosen).length / pairs.length).toBeLessThan(0.126);
  });

  test('cover nearly every value of every class in its field', () => {
    const sentIn = (field: string) => new Set(accepted.map(({ call }) => withoutCustomer(call.fields[field] ?? '')));
    for (const [field, classes] of Object.entries(CLASSES)) {
      const sent = sentIn(field);
      const values = Object.entries(classes).flatMap(([name, list]) =>
        name === ABSENT || name === 'code' ? [] : list,
      );
      const untried = values.filter((value) => !sent.has(value));
      expect(untried.length / values.length, `${field}: ${untried}`).toBeLessThan(0.06);
    }
  });

  test('all have different customers: no two sets of data are equal', () => {
    const data = new Map<string, string>();
    for (const { id, call } of accepted.filter(({ isAgain }) => !isAgain)) {
      const { object_reference_id: _, ...rest } = call.fields;
      if (Object.keys(rest).length < 4) continue;
      const key = JSON.stringify(Object.entries(rest).sort());
      const other = data.get(key);
      expect([id, other ?? id], key).toEqual([id, id]);
      data.set(key, id);
    }
    expect(data.size).toBeGreaterThan(130);
  });

  test('include references equal to the email address or mobile number, and last names equal to the first', () => {
    const equal = (one: string, other: string) =>
      accepted.some(({ call: { fields } }) => fields[one] !== undefined && fields[one] === fields[other]);
    expect(equal('object_reference_id', 'email_address')).toBe(true);
    expect(equal('object_reference_id', 'mobile_number')).toBe(true);
    expect(equal('first_name', 'last_name')).toBe(true);
    const isBegun = ({ first_name: name, email_address: email }: Call['fields']) =>
      name !== undefined && email?.startsWith(`${name}@`) === true;
    expect(accepted.filter(({ call }) => isBegun(call.fields)).length).toBeGreaterThan(1);
  });

  test('include each optional field alone, and none of them', () => {
    const names = ['email_address', 'first_name', 'last_name', 'mobile_country_code'];
    const sent = new Set(accepted.map(({ call: { fields } }) => names.filter((name) => name in fields).join()));
    expect(['', ...names].filter((one) => !sent.has(one))).toEqual([]);
  });

  test('get the same values at every load', () => {
    expect(assignValues(tables)).toEqual(allCases);
  });
});

test('each kind of forbidden character is tested in every place of every field, in both bodies, with and without token', () => {
  const impossible = /^part (?:local|domain) .*/;
  expect(pairsMissing(SPREAD, spread).filter((pair) => !impossible.test(pair))).toEqual([]);
});

describe('templates', () => {
  const digits = '0123456789abcdef'.repeat(4);

  test("are replaced by the case's own digits", () => {
    expect(fillIn('a{8}-{X12}-{d4}-{a3}{A3}', digits)).toBe('a01234567-0123456789AB-0123-abcABC');
    expect(fillIn('{uuid} {UUID}', digits)).toBe(
      '01234567-89ab-4cde-af01-23456789abcd 01234567-89AB-4CDE-AF01-23456789ABCD',
    );
    expect(fillIn('{64}', digits)).toBe(digits);
  });

  test('of another customer of the case have other digits', () => {
    expect(fillIn('{16}', digits)).not.toBe(fillIn('{16@1}', digits));
  });

  test('do not match other braces', () => {
    expect(fillIn('{any} {{x}} {1234} {}', digits)).toBe('{any} {{x}} {1234} {}');
  });
});

function withoutCustomer(value: Call['fields'][string]): string {
  return value.replaceAll(/@\d+\}/g, '}');
}
