import { createHash } from 'node:crypto';
import type { AnswerBody, Fields, Identity, Known, Operation, Sent } from './operation.ts';
import type { Flaw } from './result.ts';

/** An answer to keep, and what it is held against the others by. */
export interface MetAnswer {
  /** What the call named. */
  readonly name: string;
  /** As sent. */
  readonly fields: Fields;
  readonly value: AnswerBody;
  /** Which call it was, for whoever reads of it later. */
  readonly where: string;
  /** Server and account, where answers of several are held against each other. */
  readonly scope?: string;
}

interface Owner {
  readonly name: string;
  readonly where: string;
}

/** Calls of one name that are kept; a name has a few. */
const MOST_CALLS = 100;
const NOTHING_SENT: Sent = { batches: [], refused: [], isSpoiled: false };

/** Entries of one kind; a run has some hundred, and a flood of answers must not fill the memory. */
const MOST = 50_000;
/** Longer texts are kept as their digest. */
const LONGEST = 100;
/** Shorter values are anybody's: a country code, a name. */
const TELLING = 8;
/** Texts of one answer that are looked at. */
const TEXTS = 1_000;

const DATA_OF = new WeakMap<Fields, string>();

type Rules = Pick<Operation, 'identityOf' | 'dataIn' | 'namesOther' | 'memoryClaims'>;

/**
 * Holds every answer of a run against all before it: one name has one id, one time of creation and one set of data; no id
 * and no token belongs to two names; nothing that one call sent comes back to another. Costs the same for every answer.
 */
export class Memory {
  readonly #rules: Rules;
  readonly #names = new Map<string, Known>();
  readonly #ids = new Map<string, Owner>();
  readonly #tokens = new Map<string, Owner & { readonly id: string | undefined }>();
  /** Values that one name alone was given; null: several were. */
  readonly #values = new Map<string, Owner | null>();
  readonly #sent = new Map<string, Sent>();
  /** Calls for a name that was met before, nothing refused between: whether they ever agreed, and ever differed. */
  #agreed = false;
  #differed = false;

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  /** A call for a name was refused: nothing of it may show in later answers. */
  refuse(name: string, scope = ''): void {
    const known = this.#names.get(keyOf(scope, name));
    if (known !== undefined) known.refused = true;
  }

  /** What is known of a name; undefined where it was not met before. */
  known(name: string): Readonly<Known> | undefined {
    return this.#names.get(keyOf('', name));
  }

  /** What calls for a name sent so far. */
  sentFor(name: string): Readonly<Sent> {
    return this.#sent.get(name) ?? NOTHING_SENT;
  }

  /** A call that had to be refused was let in. */
  spoil(name: string): void {
    const sent = this.#sent.get(name);
    if (sent !== undefined) sent.isSpoiled = true;
  }

  /** Nothing was accepted yet. */
  get isEmpty(): boolean {
    return this.#names.size === 0;
  }

  /** Keeps an accepted answer. @returns what it shows together with the earlier ones */
  meet({ name, fields, value, where, scope = '' }: MetAnswer): Flaw[] {
    const identity = this.#rules.identityOf(value);
    const key = keyOf(scope, name);
    const asked = this.#dataOf(fields);
    const known = this.#names.get(key);
    const flaws = [
      ...(known === undefined ? [] : this.#compare(known, identity, fields, asked)),
      ...this.#ofAnother(identity, name, where, scope),
    ];
    const last = { asked, data: identity.data };
    if (known === undefined)
      put(this.#names, key, { ...identity, where, fields, last, refused: false, agreed: new Set() });
    else Object.assign(known, { last, refused: false });
    return flaws;
  }

  /**
   * Keeps what calls that leave at the same time send, before they leave: a server may take any of them first.
   * @param isRefused they have to be
   */
  keepSent(calls: readonly Omit<MetAnswer, 'value'>[], isRefused = false): void {
    for (const { name, fields, where, scope = '' } of calls) {
      for (const text of telling(fields)) {
        const key = keyOf(scope, text);
        const owner = this.#values.get(key);
        put(this.#values, key, owner === undefined || owner?.name === name ? { name, where } : null);
      }
    }
    for (const name of new Set(calls.map((call) => call.name))) {
      const sent = this.#sent.get(name) ?? { batches: [], refused: [], isSpoiled: false };
      put(this.#sent, name, sent);
      const batch = calls.flatMap((call) => (call.name === name ? [call.fields] : []));
      if (isRefused && sent.refused.length < MOST_CALLS) sent.refused.push(...batch);
      if (!isRefused && sent.batches.length < MOST_CALLS) sent.batches.push(batch);
    }
  }

  /** Looks for what other calls sent in the texts of an answer. @returns the first that is found */
  strayIn(value: AnswerBody, { name, fields, scope = '' }: Omit<MetAnswer, 'value'>): Flaw | undefined {
    const own = telling(fields);
    for (const text of textsIn(value)) {
      const owner = text.length < TELLING ? undefined : this.#values.get(keyOf(scope, text));
      if (owner === undefined || owner === null || own.includes(text)) continue;
      if (!this.#rules.namesOther(owner.name, name)) continue;
      const actual = `${JSON.stringify(text)}, which ${owner.where} sent`;
      return { claim: this.#rules.memoryClaims.apart, expected: 'nothing that another call sent', actual };
    }
    return undefined;
  }

  /** What a call sent to be stored, as a text; the same call is met again and again. */
  #dataOf(fields: Fields): string {
    const asked = DATA_OF.get(fields) ?? digest(JSON.stringify(Object.entries(this.#rules.dataIn(fields)).sort()));
    DATA_OF.set(fields, asked);
    return asked;
  }

  #compare(known: Known, { id, created, data }: Identity, fields: Fields, asked: string): Flaw[] {
    const { same, refusal } = this.#rules.memoryClaims;
    const found: Omit<Flaw, 'claim'>[] = [];
    const told = `of ${known.where}, for the same name`;
    if (id !== undefined && known.id !== undefined && id !== known.id) {
      found.push({
        expected: `the id ${told}: ${JSON.stringify(known.id)}`,
        actual: JSON.stringify(id),
        pointer: '/id',
      });
    }
    if (created !== undefined && known.created !== undefined && !known.created.isSame(created)) {
      const { pointer } = created;
      found.push({ expected: `the time of creation ${told}: ${known.created.text}`, actual: created.text, pointer });
    }
    const changed =
      known.last.asked !== asked
        ? undefined
        : Object.keys(data).find((name) => known.last.data[name] !== undefined && known.last.data[name] !== data[name]);
    if (changed !== undefined) {
      const expected = `${known.last.data[changed]}, as in the last answer to the same call`;
      found.push({ expected, actual: String(data[changed]), pointer: `/${changed}` });
    }
    const blamesRefusal = known.refused && this.#agreed && !this.#differed;
    if (!known.refused) {
      if (found.length > 0) this.#differed = true;
      else this.#agreed = true;
    }
    const differs = same(known.fields, fields);
    if (found.length === 0) known.agreed.add(differs);
    // What two calls differ in is not to blame where calls that differed in the same agreed.
    const claim = known.agreed.has(differs) ? same(fields, fields) : differs;
    return found.map((flaw) => ({ claim: blamesRefusal ? refusal : claim, ...flaw }));
  }

  #ofAnother({ id, token }: Identity, name: string, where: string, scope: string): Flaw[] {
    const { apart, token: tokenClaim } = this.#rules.memoryClaims;
    const flaws: Flaw[] = [];
    const owner = id === undefined ? undefined : remember(this.#ids, keyOf(scope, id), { name, where });
    if (owner !== undefined && this.#rules.namesOther(owner.name, name)) {
      const expected = 'another id for another name';
      flaws.push({ claim: apart, expected, actual: `the id of ${owner.where}`, pointer: '/id' });
    }
    const holder =
      token === undefined ? undefined : remember(this.#tokens, keyOf(scope, token.text), { name, where, id });
    if (holder !== undefined && this.#rules.namesOther(holder.name, name) && (id === undefined || holder.id !== id)) {
      const expected = 'another token for another name';
      flaws.push({
        claim: tokenClaim,
        expected,
        actual: `the token of ${holder.where}`,
        pointer: token?.pointer ?? '',
      });
    }
    return flaws;
  }
}

function telling(fields: Fields): string[] {
  return Object.values(fields).filter((text) => text.length >= TELLING);
}

/** The first that had this key. */
function remember<T>(known: Map<string, T>, key: string, one: T): T {
  const first = known.get(key);
  if (first === undefined) put(known, key, one);
  return first ?? one;
}

function put<T>(known: Map<string, T>, key: string, one: T): void {
  if (known.size < MOST || known.has(key)) known.set(key, one);
}

function keyOf(scope: string, text: string): string {
  return `${scope}\n${digest(text)}`;
}

function digest(text: string): string {
  return text.length <= LONGEST ? text : createHash('sha256').update(text).digest('hex');
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
