import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadContract } from '../../../../spec/contract.ts';
import { compileSchemas } from '../../../../spec/schemas.ts';
import {
  EMAIL_EXCLUDED,
  EMAIL_SPECIALS,
  LETTERS_AND_DIGITS,
  NAME_EXCLUDED,
  NAME_SPECIALS,
} from '../../../cases/characters.ts';
import { TOKEN_OPTION } from '../../../cases/data.ts';
import { fillFields } from '../request.ts';
import { acceptedCalls, areApart, completeCustomers } from './accepted-calls.ts';
import { charactersOf, type FormSchema, fieldOf } from './form-values.ts';
import { mistakesIn, withMistake } from './invalid-requests.ts';

const { document } = await loadContract();
const form = document.components?.schemas?.['CustomerForm'] as FormSchema;
const validators = compileSchemas(document, { checked: true });
const DIGITS = '0123456789abcdef'.repeat(4);
const SAMPLES = { seed: 7, numRuns: 500 };

test.each([
  ['first_name', [...LETTERS_AND_DIGITS, ...NAME_SPECIALS], NAME_EXCLUDED],
  ['email_address', [...LETTERS_AND_DIGITS, ...EMAIL_SPECIALS, '@'], EMAIL_EXCLUDED],
])('the characters of %s are read from its patterns', (name, allowed, excluded) => {
  const read = charactersOf(fieldOf(form, name));
  expect([new Set(read.allowed), read.excluded]).toEqual([new Set(allowed), excluded]);
});

describe('accepted requests', () => {
  const sent = fc.sample(acceptedCalls(form), SAMPLES).map((call) => fillFields(call, DIGITS));

  test('are accepted by the document', () => {
    expect(sent.flatMap((fields) => validators.CustomerForm(fields))).toEqual([]);
  });

  test('stay within what the page defines', () => {
    for (const fields of sent) {
      expect(Object.keys(fields).filter((name) => !(name in (form.properties ?? {})))).toEqual([]);
      expect(Object.values(fields)).not.toContain('');
      expect(fields['object_reference_id']).toMatch(/^[!-~]{12,64}$/);
      expect(fields['mobile_number']).toMatch(/^(?:\d{8}|\d{10})$/);
      expect(fields['email_address'] ?? 'a@example.com').toMatch(
        /^[^@]{1,64}@(?:[^@]+\.)?(?:example\.(?:com|org|net)|[^.@]+\.(?:example|test|invalid))$/i,
      );
      expect(fields['email_address']?.length ?? 0).toBeLessThanOrEqual(80);
      expect(fields['email_address'] ?? '').not.toContain('..');
      expect(fields['first_name'] ?? 'a').toMatch(/^[A-Za-z0-9().\-_]{1,40}$/);
      expect(fields['last_name'] ?? 'a').toMatch(/^[A-Za-z0-9().\-_]{1,40}$/);
    }
  });

  test('vary: with and without each optional field, long and short, in several orders', () => {
    for (const name of ['email_address', 'first_name', 'last_name', 'mobile_country_code', TOKEN_OPTION]) {
      const share = sent.filter((fields) => name in fields).length / sent.length;
      expect(share, name).toBeGreaterThan(0.2);
      expect(share, name).toBeLessThan(0.8);
    }
    expect(sent.filter((fields) => (fields['first_name'] ?? '').length > 30).length).toBeGreaterThan(20);
    expect(sent.filter((fields) => (fields['first_name'] ?? '').length === 1).length).toBeGreaterThan(0);
    expect(new Set(sent.map((fields) => Object.keys(fields).join())).size).toBeGreaterThan(100);
  });
});

describe('requests with one thing wrong', () => {
  const wrong = fc.sample(
    completeCustomers(form).chain((fields) =>
      mistakesIn(fields, form, validators).map((mistake) => ({ fields, mistake })),
    ),
    SAMPLES,
  );

  test('break exactly the blamed claim of the document; empty counts as absent', () => {
    for (const { fields, mistake } of wrong) {
      const claims = validators
        .CustomerForm(fillFields({ fields: withMistake(fields, mistake) }, DIGITS))
        .map(({ claim }) => claim);
      const isEmptyReference = mistake.field === 'object_reference_id' && mistake.value === '';
      expect([...new Set(claims)], mistake.what).toEqual([isEmptyReference ? 'RQ-2' : mistake.claim]);
    }
  });

  test('make every mistake that the document defines', () => {
    expect([...new Set(wrong.map(({ mistake }) => mistake.claim))].sort()).toEqual(
      ['RQ-1', 'RQ-2', 'RQ-3', 'RQ-7', 'RQ-8', 'RQ-10', 'RQ-12'].sort(),
    );
  });

  test('a generated mistake that breaks no claim, or two, is an error', () => {
    const loose = { ...form, required: [] } as FormSchema;
    const all = { ...validators, CustomerForm: () => [] };
    const customer = fc.sample(completeCustomers(form), { seed: 1, numRuns: 1 })[0] ?? {};
    expect(() => fc.sample(mistakesIn(customer, loose, all), SAMPLES)).toThrow(
      /^\S+.* in \w+ breaks 0 claims of the document, not one: $|^a short \w+ breaks 0 claims of the document, not one: $/,
    );
  });
});

test('customers are distinct unless they share a name in any letter case', () => {
  const maria = { mobile_number: '1', email_address: 'a@b', first_name: 'Maria', last_name: 'Tan' };
  const tom = { mobile_number: '2', email_address: 'c@d', first_name: 'Tom', last_name: 'Low' };
  expect(areApart([maria, tom])).toBe(true);
  expect(areApart([maria, { ...tom, first_name: 'MARIA' }])).toBe(false);
});
