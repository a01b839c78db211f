import { expect, test } from 'vitest';
import { allMutants } from '../mock/mutants/all-mutants.ts';
import { readRawDocument, schemaAt } from '../mock/mutants/raw-document.ts';
import { unprovedConstraints } from './constraint-coverage.ts';
import { readUnchanged } from './reasons.ts';

const document = await readRawDocument();
const reasons = readUnchanged();
const usual = allMutants(document);

test('every constraint of the document is changed by a mutant, or has a reason why not', () => {
  expect(unprovedConstraints(document, usual, reasons)).toEqual([]);
});

const NAME = '#/components/schemas/CustomerForm/properties/first_name';
const FORM = '#/components/schemas/CustomerForm';
const ID = '#/components/schemas/Customer/properties/id';
const CUSTOMER = '#/components/schemas/Customer';

/** Each kind of constraint, added to the document with an existing claim. */
test.for<[pointer: string, keyword: string, value: unknown]>([
  [NAME, 'minLength', 2],
  [NAME, 'maxLength', 40],
  [NAME, 'const', 'Maria'],
  [NAME, 'enum', ['Maria', 'Tan']],
  [NAME, 'format', 'email'],
  [NAME, 'not', { const: 'x' }],
  [NAME, 'contains', { const: 'x', 'x-claims': { const: 'RQ-10' } }],
  [NAME, 'anyOf', [{ minLength: 2, 'x-claims': { minLength: 'RQ-10' } }]],
  [NAME, 'minimum', 1],
  [NAME, 'exclusiveMaximum', 9],
  [NAME, 'multipleOf', 2],
  [NAME, 'nullable', true],
  [FORM, 'additionalProperties', false],
  [FORM, 'propertyNames', { maxLength: 99 }],
  [FORM, 'minProperties', 3],
  [FORM, 'maxProperties', 9],
  [FORM, 'dependentRequired', { first_name: ['last_name'] }],
  [ID, 'maxLength', 64],
  [ID, 'pattern', '^cst_'],
  [ID, 'enum', ['a', 'b']],
  [ID, 'minimum', 1],
  [ID, 'maximum', 9],
  [ID, 'exclusiveMinimum', 1],
  [ID, 'exclusiveMaximum', 9],
  [ID, 'multipleOf', 5],
  [ID, 'minItems', 1],
  [ID, 'maxItems', 2],
  [ID, 'uniqueItems', true],
  [ID, 'contains', { const: 'x' }],
  [ID, 'propertyNames', { pattern: '^b' }],
  [ID, 'additionalProperties', false],
  [ID, 'not', { const: 'x' }],
  [CUSTOMER, 'maxProperties', 20],
  [CUSTOMER, 'additionalProperties', false],
])('%s/%s adds a mutant, or fails the proof', ([pointer, keyword, value]) => {
  const planted = structuredClone(document);
  const schema = schemaAt(planted, pointer);
  Object.assign(schema, { [keyword]: value, 'x-claims': { ...schema['x-claims'], [keyword]: 'RQ-10' } });
  const mutants = allMutants(planted);
  const unproved = unprovedConstraints(planted, mutants, reasons);
  const changing = mutants.filter(({ constraints = [] }) => constraints.includes(`${pointer}/${keyword}`));
  expect(changing.length > 0 ? unproved : [unproved.length]).toEqual(changing.length > 0 ? [] : [1]);
  expect(mutants.length > usual.length || unproved.length > 0).toBe(true);
});

test('a mutant of a request constraint changes its schema', () => {
  const unchanged = usual.filter(({ kind, change, constraints = [] }) => {
    if (kind !== 'request' || change === undefined) return false;
    const copy = structuredClone(document);
    change(copy);
    return constraints.some((pointer) => {
      const parent = pointer.slice(0, pointer.lastIndexOf('/'));
      return (
        pointer.startsWith(FORM) &&
        !pointer.endsWith('optional') &&
        JSON.stringify(schemaAt(copy, parent)) === JSON.stringify(schemaAt(document, parent))
      );
    });
  });
  expect(unchanged.map(({ id }) => id)).toEqual([]);
});
