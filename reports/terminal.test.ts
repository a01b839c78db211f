import { expect, test } from 'vitest';
import { HOSTILE } from './fixtures/hostile-texts.ts';
import { forTerminal, inOneLine, withoutBreaks } from './terminal.ts';

test('characters that a terminal would obey are shown as escapes', () => {
  expect(forTerminal(`\ta\n${HOSTILE.terminal}`)).toBe(
    '\ta\n\\u001b[2J\\u001b[31mred\\u001b[0m\\u0007\\u001b]0;taken\\u0007\\u000dover\\u009b1m',
  );
  expect(forTerminal(HOSTILE.bidi)).toBe('user\\u202etxt.exe\\u2066\\u200f\\u061c\\ufeff');
  expect(forTerminal(HOSTILE.noText)).toBe('nul\\u0000 half\\ud800 none\\ufffe');
  expect(forTerminal('Zoë 陳 😀')).toBe('Zoë 陳 😀');
});

test('a long text is cut to its width, between characters', () => {
  expect(inOneLine(' a\n b ', 3)).toBe('a b');
  expect(inOneLine('😀😀😀😀', 3)).toBe('😀😀…');
  expect(inOneLine('abc', 0)).toBe('…');
});

test('a line break is shown, not made', () => {
  expect(withoutBreaks('a\r\nb\nc\rd\u2028e')).toBe('a⏎b⏎c⏎d⏎e');
});
