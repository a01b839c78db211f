import type { Identity, Known, Sent } from './identity.ts';
import type { AnswerBody, Fields, Operation } from './operation.ts';
import type { Flaw } from './result.ts';
import { digest, Kept, type MetCall, type Owner, SentValues } from './sent-values.ts';

/** An answer to compare with others. */
export interface MetAnswer extends MetCall {
  readonly value: AnswerBody;
  /** For repeated names: the body with the values that most clients do not read. */
  readonly others?: readonly AnswerBody[];
}

/** Maximum calls kept for one name; there are usually a few. */
const MOST_CALLS = 100;
const NOTHING_SENT: Sent = { since: Number.NEGATIVE_INFINITY, batches: [], refused: [], isSpoiled: false };

const DATA_OF = new WeakMap<Fields, string>();

type Rules = Pick<Operation, 'identityOf' | 'dataIn' | 'namesOther' | 'memoryClaims'>;

/**
 * Compares every answer of a run with all earlier ones: each name has one id, one time of creation and one set of data; no id
 * or token belongs to two names; data sent by one call never comes back to another. Constant cost per answer.
 */
export class Memory {
  readonly #rules: Rules;
  readonly #names = new Kept<Known>();
  readonly #ids = new Kept<Owner>();
  readonly #tokens = new Kept<Owner & { readonly id: string | undefined }>();
  readonly #values = new SentValues();
  readonly #sent = new Kept<Sent>();
  /** What refused calls of earlier runs may have sent, by name. */
  readonly #earlier = new Kept<Fields[]>();
  /** Whether repeated calls for a name, without a refusal in between, ever agreed, and ever differed. */
  #agreed = false;
  #differed = false;

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  /** Records a refused call for a name, which later answers must not show. */
  refuse(name: string, scope = ''): void {
    const known = this.#names.get(scope, name);
    if (known !== undefined) known.refused = true;
  }

  /** What is known about a name; undefined if it is new. */
  known(name: string): Readonly<Known> | undefined {
    return this.#names.get('', name);
  }

  /** What calls for a name have sent so far, and those that had to be refused also in earlier runs. */
  sentFor(name: string): Readonly<Sent> {
    const sent = this.#sent.get('', name) ?? NOTHING_SENT;
    const earlier = this.#earlier.get('', name);
    return earlier === undefined ? sent : { ...sent, refused: [...sent.refused, ...earlier] };
  }

  /** Records a call that has to be refused, and that an earlier run may have made: a server may have kept its data. */
  keepEarlier(name: string, fields: Fields): void {
    this.#earlier.first('', name, []).push(fields);
  }

  /** Records that a call that had to be refused was accepted. */
  spoil(name: string): void {
    const sent = this.#sent.get('', name);
    if (sent !== undefined) sent.isSpoiled = true;
  }

  /** Whether nothing was accepted yet. */
  get isEmpty(): boolean {
    return this.#names.size === 0;
  }

  /** Records an accepted answer. @returns flaws in comparison with earlier ones */
  meet({ others = [], ...met }: MetAnswer): Flaw[] {
    // Clients that read the other value of a repeated name see another customer, which must be consistent as well.
    const unread = others.flatMap((value, index) =>
      this.#meet({ ...met, value, scope: `${met.scope ?? ''}\nvalue ${index + 1}` }),
    );
    return [...this.#meet(met), ...unread];
  }

  #meet({ name, fields, value, where, scope = '' }: MetAnswer): Flaw[] {
    const identity = this.#rules.identityOf(value);
    const asked = this.#dataOf(fields);
    const known = this.#names.get(scope, name);
    const flaws = [
      ...(known === undefined ? [] : this.#compare(known, identity, fields, asked)),
      ...this.#ofAnother(identity, name, where, scope),
    ];
    const last = { asked, data: identity.data };
    if (known === undefined)
      this.#names.set(scope, name, { ...identity, where, fields, last, refused: false, agreed: new Set() });
    else Object.assign(known, { last, refused: false });
    return flaws;
  }

  /**
   * Records what concurrent calls send, before they are sent, because a server may process any of them first.
   * @param isRefused whether they must be refused
   */
  keepSent(calls: readonly MetCall[], isRefused = false): void {
    for (const call of calls) this.#values.keep(call);
    for (const name of new Set(calls.map((call) => call.name))) {
      const sent = this.#sent.first('', name, { since: performance.now(), batches: [], refused: [], isSpoiled: false });
      const batch = calls.flatMap((call) => (call.name === name ? [call.fields] : []));
      if (isRefused && sent.refused.length < MOST_CALLS) sent.refused.push(...batch);
      if (!isRefused && sent.batches.length < MOST_CALLS) sent.batches.push(batch);
    }
  }

  /**
   * Searches an answer for data of other calls.
   * @param isRefusal also searches within its texts @returns the first match
   */
  strayIn(value: AnswerBody, met: MetCall, isRefusal = false): Flaw | undefined {
    for (const { name, text, where } of this.#values.strangersIn(value, met, isRefusal)) {
      if (!this.#rules.namesOther(name, met.name)) continue;
      const actual = `${JSON.stringify(text)}, which ${where} sent`;
      return { claim: this.#rules.memoryClaims.apart, expected: 'nothing that another call sent', actual };
    }
    return undefined;
  }

  /** The data of a call as text, cached because calls are repeated. */
  #dataOf(fields: Fields): string {
    const asked = DATA_OF.get(fields) ?? digest(JSON.stringify(Object.entries(this.#rules.dataIn(fields)).sort()));
    DATA_OF.set(fields, asked);
    return asked;
  }

  #compare(known: Known, { id, created, data }: Identity, fields: Fields, asked: string): Flaw[] {
    const { same, refusal } = this.#rules.memoryClaims;
    const found: Omit<Flaw, 'claim'>[] = [];
    const source = `of ${known.where}, for the same name`;
    if (id !== undefined && known.id !== undefined && id !== known.id) {
      found.push({
        expected: `the id ${source}: ${JSON.stringify(known.id)}`,
        actual: JSON.stringify(id),
        pointer: '/id',
      });
    }
    if (created !== undefined && known.created !== undefined && !known.created.isSame(created)) {
      const { pointer } = created;
      found.push({ expected: `the time of creation ${source}: ${known.created.text}`, actual: created.text, pointer });
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
    // A difference between two calls is not to blame if calls with the same difference agreed.
    const claim = known.agreed.has(differs) ? same(fields, fields) : differs;
    return found.map((flaw) => ({ claim: blamesRefusal ? refusal : claim, ...flaw }));
  }

  #ofAnother({ id, token }: Identity, name: string, where: string, scope: string): Flaw[] {
    const { apart, token: tokenClaim } = this.#rules.memoryClaims;
    const flaws: Flaw[] = [];
    const owner = id === undefined ? undefined : this.#ids.first(scope, id, { name, where });
    if (owner !== undefined && this.#rules.namesOther(owner.name, name)) {
      const expected = 'another id for another name';
      flaws.push({ claim: apart, expected, actual: `the id of ${owner.where}`, pointer: '/id' });
    }
    const holder = token === undefined ? undefined : this.#tokens.first(scope, token.text, { name, where, id });
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
