import { expect, test } from 'vitest';
import { openMemoryStore } from './memory-store.ts';

const NOW = new Date('2026-05-01T10:00:00Z');
const customer = (id: string) => ({ id, created: NOW, updated: NOW, fields: {} });

test('the oldest customer is evicted first, even if it was changed; onFull is called once', () => {
  let calls = 0;
  const store = openMemoryStore(2, () => calls++);
  store.set('a', customer('1'));
  store.set('b', customer('2'));
  store.set('a', customer('3'));
  expect([store.size, calls]).toEqual([2, 0]);
  store.set('c', customer('4'));
  store.set('d', customer('5'));
  expect(store.list().map(({ id }) => id)).toEqual(['4', '5']);
  expect([store.get('a'), store.get('b'), store.size, calls]).toEqual([undefined, undefined, 2, 1]);
  store.clear();
  expect(store.list()).toEqual([]);
});
