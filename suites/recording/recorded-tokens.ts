import { parsed, valuesIn } from '../judge/body.ts';
import { pairsIn, unquoted } from '../judge/json-text.ts';
import { shapeOf, tokenOfShape } from '../judge/token-shape.ts';
import { createMasker, type Masker } from '../secrets/mask.ts';
import { isUnmistakable, tokensIn } from '../secrets/tokens.ts';
import type { NumberedShape } from './recorded-run.ts';

/** Maximum number of tokens masked everywhere; further ones are masked only in their field. */
const MOST = 4096;
const PLACEHOLDER = /\[client auth token (\d+)\]/g;

/**
 * Numbers the client auth tokens of a run, so that different tokens stay different when masked, and equal ones equal.
 */
export class RecordedTokens {
  readonly #numbers = new Map<string, number>();
  /** Tokens that are JSON numbers: each is replaced by a small number. */
  readonly #numerals = new Map<string, number>();
  readonly #masker: Masker = createMasker([]);

  readonly #sent: string;

  /** @param sent the requests: a token equal to sent data is not a secret, and is masked only in its field */
  constructor(sent: string) {
    this.#sent = sent;
  }

  /** The shapes of the tokens, by number. */
  get shapes(): NumberedShape[] {
    const shapes = [...this.#numbers.keys()].map((token, index) => ({ from: index + 1, ...shapeOf(token) }));
    return shapes.filter((shape, index) => {
      const before = shapes[index - 1];
      return before?.prefix !== shape.prefix || before.length !== shape.length || before.kind !== shape.kind;
    });
  }

  /** Learns the tokens of a body in any spelling; if it is not JSON, anything like the name and value of a token. */
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
    for (const { value, isInside } of valuesIn(parsed(body), (inToken, name) => inToken || isTokenName(name))) {
      if (typeof value !== 'string') continue;
      if (isInside) this.#learn(value, value);
      // JSON inside a JSON string, for example a log.
      else if (value.includes('"')) this.learn(value);
    }
  }

  /**
   * Learns text like a token in headers, forms, pages and messages. To be called when all fields are known, because such a
   * text may be a known token, truncated or partly encoded.
   */
  learnLoose(text: string): void {
    for (const token of tokensIn(text)) {
      if (!isUnmistakable(token) || this.#numbers.has(token) || this.#numbers.size >= MOST) continue;
      this.#learn([...this.#numbers.keys()].find((known) => known.includes(token)) ?? token, token);
    }
  }

  /** The text with known tokens as `[client auth token N]`; numeric tokens become other numbers. */
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

/** Replaces the placeholders of a recording by made-up tokens of the recorded shapes. */
export function unmaskTokens(text: string, shapes: readonly NumberedShape[]): string {
  return text.replace(PLACEHOLDER, (whole, digits: string) => {
    const shape = shapes.findLast(({ from }) => from <= Number(digits));
    return (shape && tokenOfShape(shape, Number(digits))) ?? whole;
  });
}

function placeholder(number: number): string {
  return `[client auth token ${number}]`;
}

/** Misspelt names count too: they break a claim, but their values are tokens. */
function isTokenName(name: string): boolean {
  return name.toLowerCase().replaceAll(/[-_]/g, '') === 'clientauthtoken';
}
