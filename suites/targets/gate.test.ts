import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sequence } from '../fixtures/flaky-front.ts';
import { Gate } from './gate.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Sends groups through a gate. @returns when each request left, in milliseconds */
async function departures(gate: Gate, sizes: readonly number[], takesMs: number): Promise<number[]> {
  const left: number[] = [];
  const done = sizes.map(async (size) => {
    await gate.enter(size);
    for (let index = 0; index < size; index++) {
      left.push(performance.now());
      setTimeout(() => gate.leave(), takesMs);
    }
  });
  await vi.runAllTimersAsync();
  await Promise.all(done);
  return left;
}

describe('the rate', () => {
  test.each([1, 3, 10, 50])('at most %i requests in any second, in groups of any size', async (maxRps) => {
    const gate = new Gate({ concurrency: 16, maxRps });
    const random = sequence(maxRps);
    const sizes = Array.from({ length: 120 }, () => 1 + Math.floor(random() * gate.largest));
    const left = await departures(gate, sizes, 5);
    const most = Math.max(...left.map((from) => left.filter((at) => at >= from && at < from + 1000).length));
    expect(left).toHaveLength(sizes.reduce((sum, size) => sum + size, 0));
    expect(most).toBeLessThanOrEqual(maxRps);
  });

  test('is used: single requests leave at almost that rate', async () => {
    const left = await departures(new Gate({ concurrency: 4, maxRps: 10 }), Array(51).fill(1), 5);
    const seconds = ((left.at(-1) ?? 0) - (left[0] ?? 0)) / 1000;
    expect(seconds).toBeGreaterThanOrEqual(5);
    expect(seconds).toBeLessThan(5.5);
  });
});

test('uses the whole concurrency, and sends groups together', async () => {
  const gate = new Gate({ concurrency: 4, maxRps: 0 });
  let underWay = 0;
  let most = 0;
  const together: number[] = [];
  const done = [1, 4, 2, 3, 1, 1, 4].map(async (size) => {
    await gate.enter(size);
    together.push(size);
    underWay += size;
    most = Math.max(most, underWay);
    for (let index = 0; index < size; index++) {
      setTimeout(() => {
        underWay -= 1;
        gate.leave();
      }, 10 + index);
    }
  });
  await vi.runAllTimersAsync();
  await Promise.all(done);
  expect(together).toEqual([1, 4, 2, 3, 1, 1, 4]);
  expect(most).toBe(4);
});

describe('a server that answers 429', () => {
  test('gets no requests during its Retry-After, and half the rate afterwards', async () => {
    const gate = new Gate({ concurrency: 4, maxRps: 10 });
    const leftAt = await gate.enter();
    gate.leave();
    gate.slowDown(leftAt, 3_000);
    const from = performance.now();
    const left = await departures(gate, Array(5).fill(1), 1);
    expect((left[0] ?? 0) - from).toBeGreaterThanOrEqual(3_000);
    expect(left.slice(1).every((at, index) => at - (left[index] ?? 0) >= 200)).toBe(true);
  });

  test('slows a group down once, and the rate recovers gradually', async () => {
    const gate = new Gate({ concurrency: 4, maxRps: 100 });
    const leftAt = await gate.enter(4);
    await vi.advanceTimersByTimeAsync(5);
    for (let index = 0; index < 4; index++) gate.slowDown(leftAt, 0);
    expect(gate.spacing).toBe(20);
    for (let index = 0; index < 100; index++) gate.recover();
    expect(gate.spacing).toBe(10);
  });

  test('to one request in ten does not slow the run down without limit', async () => {
    const gate = new Gate({ concurrency: 1, maxRps: 0 });
    for (let count = 1; count <= 300; count++) {
      const entered = gate.enter();
      await vi.runAllTimersAsync();
      const leftAt = await entered;
      await vi.advanceTimersByTimeAsync(5);
      if (count % 10 === 0) gate.slowDown(leftAt, 1);
      else gate.recover();
      gate.leave();
    }
    expect(gate.spacing).toBeLessThan(100);
  });

  test('cannot slow us down without limit', () => {
    const gate = new Gate({ concurrency: 4, maxRps: 0 });
    for (let index = 0; index < 40; index++) gate.slowDown(performance.now(), 0);
    expect(gate.spacing).toBe(5_000);
    for (let index = 0; index < 400; index++) gate.recover();
    expect(gate.spacing).toBe(0);
  });
});
