import { createHash } from 'node:crypto';

/** Maximum entries of one kind; a run has some hundreds, but a flood must not fill the memory. */
const MOST = 50_000;
/** Longer texts are kept as a hash. */
const LONGEST = 100;

/** A map by text and by scope: server and account, if answers of several are compared. */
export class Kept<T> {
  readonly #entries = new Map<string, T>();

  get size(): number {
    return this.#entries.size;
  }

  get(scope: string, text: string): T | undefined {
    return this.#entries.get(keyOf(scope, text));
  }

  set(scope: string, text: string, entry: T): void {
    const key = keyOf(scope, text);
    if (this.#entries.size < MOST || this.#entries.has(key)) this.#entries.set(key, entry);
  }

  /** The first entry for this text. */
  first(scope: string, text: string, entry: T): T {
    const first = this.get(scope, text);
    if (first === undefined) this.set(scope, text, entry);
    return first ?? entry;
  }
}

function keyOf(scope: string, text: string): string {
  return `${scope}\n${digest(text)}`;
}

/** The text, or a hash of a long one. */
export function digest(text: string): string {
  return text.length <= LONGEST ? text : createHash('sha256').update(text).digest('hex');
}
