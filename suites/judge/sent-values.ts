import { createHash } from 'node:crypto';
import { valuesIn } from './body.ts';
import type { AnswerBody, Fields } from './operation.ts';

/** A call to compare with others. */
export interface MetCall {
  /** The name in the call. */
  readonly name: string;
  /** As sent. */
  readonly fields: Fields;
  /** Describes the call in findings. */
  readonly where: string;
  /** Server and account, if answers of several are compared. */
  readonly scope?: string;
}

/** The call that a value belongs to. */
export type Owner = Pick<MetCall, 'name' | 'where'>;

/** Shorter values (a country code, a name) are not distinctive. */
const TELLING = 8;
/** Maximum values to look at in one answer. */
const TEXTS = 1_000;
/** Text before a value in a sentence, such as a field's name, and after it. */
const BEFORE = /^(?:\w+[=:])?["'(<[{]*/;
const BEHIND = /["')>\]}.,;:!?]+$/;
/** Values with enough digits to rule out an example. */
const OWN = /(?:\d\D*){5}/;

/** Values sent by calls, each with the only name it belongs to. */
export class SentValues {
  /** Null: sent for several names. */
  readonly #owners = new Kept<Owner | null>();

  keep({ name, fields, where, scope = '' }: MetCall): void {
    for (const text of telling(fields)) {
      const owner = this.#owners.get(scope, text);
      this.#owners.set(scope, text, owner === undefined || owner?.name === name ? { name, where } : null);
    }
  }

  /**
   * The values in an answer that belong to another name.
   * @param isRefusal it has no data of its own, so its texts are searched too
   */
  *strangersIn(
    value: AnswerBody,
    { fields, scope = '' }: MetCall,
    isRefusal: boolean,
  ): Generator<Owner & { readonly text: string }> {
    const own = telling(fields);
    for (const whole of textsIn(value)) {
      const words = isRefusal ? wordsOf(withoutOwn(whole, fields)) : [];
      for (const text of [whole, ...words]) {
        const owner = text.length < TELLING || own.includes(text) ? undefined : this.#owners.get(scope, text);
        if (owner) yield { ...owner, text };
      }
    }
  }
}

function telling(fields: Fields): string[] {
  return Object.values(fields).filter((text) => text.length >= TELLING);
}

/** Splits a text at blanks; each part with and without adjacent punctuation. */
function wordsOf(text: string): string[] {
  const begun = text.split(/\s+/).flatMap((word) => [word, word.replace(BEFORE, '')]);
  return begun.flatMap((word) => [word, word.replace(BEHIND, '')]).filter((word) => OWN.test(word));
}

/** Removes the call's own values, which a refusal may repeat, and which may contain another call's value. */
function withoutOwn(text: string, fields: Fields): string {
  return Object.values(fields).reduce((rest, own) => (own === '' ? rest : rest.replaceAll(own, ' ')), text);
}

/** The strings in a value, up to a maximum. */
function* textsIn(value: unknown): Generator<string> {
  let looked = 0;
  for (const { value: text } of valuesIn(value)) {
    if (looked++ > TEXTS) return;
    if (typeof text === 'string') yield text;
  }
}

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
