import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spellings } from '../fixtures/echoing-server.ts';
import { createMasker } from './mask.ts';
import { createStreamMasker } from './mask-output.ts';

const KEY = 'Key+4/canary9"x';
const MERCHANT = 'canary-merchant-77';
const masker = () =>
  createMasker([
    { value: KEY, name: 'API key' },
    { value: MERCHANT, name: 'merchant id' },
  ]);

/** What a stream prints for pieces. */
function shown(pieces: readonly string[]): string {
  const stream = createStreamMasker(masker());
  return pieces.map((piece) => stream.write(piece)).join('') + stream.end();
}

/** Encodings that a masker of these two looks for; the run adds letter case. */
const written = [KEY, MERCHANT].flatMap((secret) => {
  const cased = [secret.toUpperCase(), secret.toLowerCase()];
  return spellings(secret).filter((text) => text === secret || !cased.includes(text));
});

describe('a stream', () => {
  test('reveals no secret, wherever it is split, in any encoding', () => {
    const text = fc.array(fc.oneof(fc.constantFrom(...written, 'canary-m…'), fc.string({ maxLength: 12 })), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(text, fc.array(fc.nat(400), { maxLength: 12 }), (parts, cuts) => {
        const whole = parts.join(' ');
        const at = [0, ...cuts.map((cut) => cut % (whole.length + 1)), whole.length].sort((a, b) => a - b);
        const pieces = at.slice(1).map((end, index) => whole.slice(at[index], end));
        const result = shown(pieces);
        for (const spelling of written) expect(result).not.toContain(spelling);
      }),
      { seed: 7, numRuns: 500 },
    );
  });

  test('holds nothing back that cannot be a secret, and nothing longer than necessary', () => {
    const stream = createStreamMasker(masker());
    expect(stream.write('a line\n')).toBe('a line\n');
    expect(stream.write('a K')).toBe('a ');
    expect(stream.write('ing\n')).toBe('King\n');
    // A truncated text does not continue.
    expect(stream.write('canary-m… and on\n')).toBe('[merchant id]… and on\n');
    expect(stream.write('canary-m')).toBe('');
    expect(stream.write('ouse\n')).toBe('canary-mouse\n');
    // Truncated by its writer: it does not continue, and nothing after it waits.
    expect(stream.write('a k… and on\nKey+… and on\n')).toBe('a k… and on\n[API key]… and on\n');
    expect(stream.write(KEY.slice(0, 9))).toBe('');
    expect(stream.end()).toBe('[API key]');
  });
});

test('a truncated text reveals no start of a secret', () => {
  for (let length = 4; length < KEY.length; length++) {
    expect(masker().mask(`x ${KEY.slice(0, length)}… and on`)).toBe('x [API key]… and on');
  }
  expect(masker().mask('x Key… and on')).toBe('x Key… and on');
});

test('two runs in one process print all output', () => {
  const module = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);
  const script = `
    import { createMasker } from ${module('mask.ts')};
    import { maskOutput } from ${module('mask-output.ts')};
    for (const value of ['secret-of-one', 'secret-of-two']) maskOutput(createMasker([{ value, name: 'API key' }]));
    process.stdout.write('secret-of-two, secret-of-one, and the last s');`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
  const printed = execFileSync(process.execPath, args, { encoding: 'utf8' });
  expect(printed).toBe('[API key], [API key], and the last s');
});
