import { shapeOf, tokenOfShape } from '../judge/token-shape.ts';
import { pairsIn, unquoted } from '../secrets/json-text.ts';
import { createMasker, type Masker } from '../secrets/mask.ts';
import { isUnmistakable, tokensIn } from '../secrets/tokens.ts';
import type { NumberedShape } from './recorded-run.ts';

/** Tokens that are looked for wherever they stand; more of them are a flood, and are masked in their place. */
const MOST = 4096;
const PLACEHOLDER = /\[client auth token (\d+)\]/g;

/**
 * Gives every client auth token of a run a number, so that tokens that differ still differ when they are masked, and
 * tokens that are the same stay the same.
 */
export class RecordedTokens {
  readonly #numbers = new Map<string, number>();
  /** Tokens that are JSON numbers: each becomes a small number of its own. */
  readonly #numerals = new Map<string, number>();
  readonly #masker: Masker = createMasker([]);

  readonly #sent: string;

  /** @param sent the requests: a token that says no more than they do is no secret, and is masked in its place alone */
  constructor(sent: string) {
    this.#sent = sent;
  }

  /** The shapes of the tokens, in the order of their numbers. */
  get shapes(): NumberedShape[] {
    const shapes = [...this.#numbers.keys()].map((token, index) => ({ from: index + 1, ...shapeOf(token) }));
    return shapes.filter((shape, index) => {
      const before = shapes[index - 1];
      return before?.prefix !== shape.prefix || before.length !== shape.length || before.kind !== shape.kind;
    });
  }

  /** Learns the tokens of a body, whatever they are spelled as; where it is no JSON, whatever looks like the pair. */
  learn(body: string): void {
    for (const { name, written } of pairsIn(body)) {
      if (!isTokenName(name)) continue;
      if (!written.startsWith('"')) {
        this.#numerals.set(written, this.#numerals.get(written) ?? this.#numerals.size + 1);
        continue;
      }
      const token = unquoted(written);
      this.#learn(token, token);
      this.#learn(token, written.slice(1, -1));
    }
    for (const { text, inToken } of textsIn(body)) {
      if (inToken) this.#learn(text, text);
      // JSON inside a text of JSON, as in a log that came along.
      else if (text.includes('"')) this.learn(text);
    }
  }

  /**
   * Learns what else in a text reads like a token: in a header, a form, a page, a message. Called once all pairs are known,
   * since a token that is cut there, or coded otherwise from some character on, is one of those.
   */
  learnLoose(text: string): void {
    for (const token of tokensIn(text)) {
      if (!isUnmistakable(token) || this.#numbers.has(token) || this.#numbers.size >= MOST) continue;
      this.#learn([...this.#numbers.keys()].find((known) => known.includes(token)) ?? token, token);
    }
  }

  /** The text with every known token as `[client auth token N]`; a number that stands for a token becomes another. */
  mask(text: string): string {
    let inPlace = '';
    let done = 0;
    for (const { name, written, from, to } of pairsIn(text)) {
      if (!isTokenName(name)) continue;
      const number = this.#numbers.get(unquoted(written));
      const instead = written.startsWith('"')
        ? number === undefined
          ? written
          : `"${placeholder(number)}"`
        : String(this.#numerals.get(written) ?? 0);
      inPlace += text.slice(done, from) + instead;
      done = to;
    }
    inPlace += text.slice(done);
    return this.#masker.mask(inPlace);
  }

  #learn(token: string, spelling: string): void {
    if (token === '') return;
    const number = this.#numbers.get(token) ?? this.#numbers.size + 1;
    this.#numbers.set(token, number);
    if (number <= MOST && isUnmistakable(spelling) && !this.#sent.includes(spelling)) {
      this.#masker.learn({ value: spelling, name: placeholder(number).slice(1, -1) });
    }
  }
}

/** Puts made-up tokens of the recorded shapes where a recording has placeholders. */
export function unmaskTokens(text: string, shapes: readonly NumberedShape[]): string {
  return text.replace(PLACEHOLDER, (whole, digits: string) => {
    const shape = shapes.findLast(({ from }) => from <= Number(digits));
    return (shape && tokenOfShape(shape, Number(digits))) ?? whole;
  });
}

function placeholder(number: number): string {
  return `[client auth token ${number}]`;
}

/** Spellings that a claim would blame are tokens all the same. */
function isTokenName(name: string): boolean {
  return name.toLowerCase().replaceAll(/[-_]/g, '') === 'clientauthtoken';
}

/** Every text of a JSON value, and whether it is inside a client auth token. Iterative: a server can nest deeply. */
function* textsIn(body: string): Generator<{ readonly text: string; readonly inToken: boolean }> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return;
  }
  const pending: { readonly value: unknown; readonly inToken: boolean }[] = [{ value, inToken: false }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { inToken } = next;
    if (typeof next.value === 'string') yield { text: next.value, inToken };
    if (typeof next.value !== 'object' || next.value === null) continue;
    for (const [name, child] of Object.entries(next.value)) {
      pending.push({ value: child, inToken: inToken || isTokenName(name) });
    }
  }
}
