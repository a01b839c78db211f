import { createHash } from 'node:crypto';

/** Entries of one kind; a run has some hundred, and a flood of answers must not fill the memory. */
const MOST = 50_000;
/** Longer texts are kept as their digest. */
const LONGEST = 100;

/** What is kept by a text, where answers of several servers or accounts are held against each other, by these as well. */
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

  /** The first that had this text. */
  first(scope: string, text: string, entry: T): T {
    const first = this.get(scope, text);
    if (first === undefined) this.set(scope, text, entry);
    return first ?? entry;
  }
}

function keyOf(scope: string, text: string): string {
  return `${scope}\n${digest(text)}`;
}

/** The text itself, or what stands for it where it is long. */
export function digest(text: string): string {
  return text.length <= LONGEST ? text : createHash('sha256').update(text).digest('hex');
}
