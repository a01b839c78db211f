import { Kept } from './kept.ts';
import type { AnswerBody, Fields } from './operation.ts';

/** A call that was made. */
export interface MetCall {
  /** What the call named. */
  readonly name: string;
  /** As sent. */
  readonly fields: Fields;
  /** Which call it was, for whoever reads of it later. */
  readonly where: string;
  /** Server and account, where answers of several are held against each other. */
  readonly scope?: string;
}

/** Whose a value is. */
export type Owner = Pick<MetCall, 'name' | 'where'>;

/** Shorter values are anybody's: a country code, a name. */
const TELLING = 8;
/** Texts of one answer that are looked at. */
const TEXTS = 1_000;
/** What stands between values in a sentence. */
const BETWEEN = /[\s"'<>()[\]{},;=]+|[.:!?]+(?=\s|$)/;
/** Only what nobody would give as an example. */
const OWN = /(?:\d\D*){5}/;

/** Values that calls sent, each with the one name that it belongs to. */
export class SentValues {
  /** Null: several names were given it. */
  readonly #owners = new Kept<Owner | null>();

  keep({ name, fields, where, scope = '' }: MetCall): void {
    for (const text of telling(fields)) {
      const owner = this.#owners.get(scope, text);
      this.#owners.set(scope, text, owner === undefined || owner?.name === name ? { name, where } : null);
    }
  }

  /**
   * The values in an answer that another name was given.
   * @param isRefusal it has no values of its own: they are looked for within its texts as well
   */
  *strangersIn(
    value: AnswerBody,
    { fields, scope = '' }: MetCall,
    isRefusal: boolean,
  ): Generator<Owner & { readonly text: string }> {
    const own = telling(fields);
    for (const whole of textsIn(value)) {
      const words = isRefusal
        ? withoutOwn(whole, fields)
            .split(BETWEEN)
            .filter((word) => OWN.test(word))
        : [];
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

/** A refusal may repeat what the call said, of which a part could be somebody's value. */
function withoutOwn(text: string, fields: Fields): string {
  return Object.values(fields).reduce((rest, own) => (own === '' ? rest : rest.replaceAll(own, ' ')), text);
}

/** The texts in a value, at most so many. Iterative: a server can nest deeply. */
function textsIn(value: unknown): string[] {
  const texts: string[] = [];
  const pending: unknown[] = [value];
  for (let looked = 0; pending.length > 0 && looked < TEXTS; looked++) {
    const next = pending.pop();
    if (typeof next === 'string') texts.push(next);
    else if (typeof next === 'object' && next !== null) {
      for (const child of Object.values(next).slice(0, TEXTS)) pending.push(child);
    }
  }
  return texts;
}
