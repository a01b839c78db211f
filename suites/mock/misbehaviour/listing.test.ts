import { expect, test } from 'vitest';
import { ALL_FAULTS } from '../faults/all.ts';
import { MISBEHAVIOURS } from './misbehaviours.ts';
import { listFaults, readFaultSpec, readReference } from './named.ts';

test('names are unique, and each works in a fault spec and a reference', () => {
  const names = [...ALL_FAULTS, ...MISBEHAVIOURS].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) {
    expect(readFaultSpec(name).text).toBe(name);
    expect(readReference(`fault-${name}-x`)?.text).toBe(name);
  }
});

test('the listing has every name with the claim that it breaks', () => {
  const lines = listFaults();
  for (const { name, claim = '-', description } of [...MISBEHAVIOURS, ...ALL_FAULTS]) {
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^  ${name}(\\[=[A-Z]+\\])? +${claim} +`)));
    expect(lines.join('\n')).toContain(description);
  }
});
