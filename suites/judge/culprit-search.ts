import type { Call } from '../cases/case.ts';
import { isTemplate } from '../cases/template.ts';
import type { AskedCall } from './exchange.ts';
import { type Cause, type Explained, type Question, Spent, type Symptom } from './explained.ts';
import type { Operation, Suspect } from './operation.ts';

/** Searches for the cause of a symptom by one question after another. */
export class CulpritSearch {
  readonly #operation: Operation;
  readonly #ask: Question;

  constructor(operation: Operation, ask: Question) {
    this.#operation = operation;
    this.#ask = ask;
  }

  /** @param earlier suspects that caused refusals earlier in this run */
  async search(explained: Explained, earlier: readonly Suspect[]): Promise<Omit<Cause, 'symptom'> | undefined> {
    const { call, symptom, claim: about, isLater } = explained;
    const right = RIGHT[symptom.kind];
    const { acceptedClaim, changedClaim, spellingClaim, nameSuspect } = this.#operation;
    const under = (one: Call): Call => ({ ...one, fields: this.#operation.renamed(one.fields, 'diagnosis') });
    const base = under(call);
    if (symptom.kind !== 'changed' && !isLater) {
      // One question each, because a server that refuses one value of a field refuses many calls with similar values.
      const again = await this.culprit(call, symptom, earlier, undefined, true);
      if (again !== undefined) return again;
    }
    const shown = await this.#ask(base);
    if (shown === undefined) {
      const form = call.fields[nameSuspect.field] ?? '';
      const isOrdinary = /^[a-z]+-\{24\}$/.test(form);
      const again = isOrdinary || !isTemplate(form) ? undefined : await this.#ask(call);
      if (again !== undefined || (!isOrdinary && !isTemplate(form) && !isLater)) {
        const claim = symptom.kind !== 'changed' ? nameSuspect.claim : changedClaim;
        const evidence = `the call is ${right} under another ${nameSuspect.field}`;
        const explains = (other: Call) => other.fields[nameSuspect.field] === form;
        return { claim, evidence, explains, ...(again === undefined ? {} : { smallest: again }) };
      }
      if (symptom.kind === 'changed') return undefined;
      // Accepted for a new reference, so refused only as a later call.
      return {
        claim: acceptedClaim,
        evidence: `the same data are ${right} for a new reference`,
        explains: () => false,
      };
    }
    // A case about one field probably differs from an ordinary call only in that field.
    const own = symptom.kind !== 'changed' ? suspectsOf(this.#operation, about) : [];
    const asked = await this.culprit(base, symptom, own, shown);
    if (asked !== undefined) return asked;
    const plain = withoutSpelling(base);
    if (plain !== undefined && (await this.#ask(plain)) === undefined) {
      const evidence = `the same fields, written as a browser writes a form, are ${right}`;
      const explains = (other: Call) => other.encoding === call.encoding && withoutSpelling(other) !== undefined;
      return { claim: spellingClaim, evidence, explains, smallest: await this.#smallestSpelled(base, shown) };
    }
    const ordered = inOrder(plain ?? base, Object.keys(this.#operation.ordinaryCall.fields));
    if (ordered !== undefined && (await this.#ask(ordered)) === undefined) {
      const order = Object.keys(call.fields).join();
      const explains = (other: Call) => Object.keys(other.fields).join() === order;
      return {
        claim: spellingClaim,
        evidence: `the same fields in another order are ${right}`,
        explains,
        smallest: shown,
      };
    }
    const suspects = this.#operation.suspects.filter(
      ({ field }) => symptom.kind !== 'changed' || symptom.field === field,
    );
    return await this.culprit(base, symptom, suspects, shown);
  }

  /** The field without which, or with another value of which, the symptom disappears. */
  async culprit(
    base: Call,
    symptom: Symptom,
    suspects: readonly Suspect[],
    shown?: AskedCall,
    isKnown = false,
  ): Promise<(Omit<Cause, 'symptom'> & { readonly field: string }) | undefined> {
    for (const suspect of suspects) {
      const { field, claim, other, mandatory } = suspect;
      const { [field]: sent, ...without } = base.fields;
      const isSwapped = mandatory === true || sent === undefined || symptom.kind === 'changed';
      if (isSwapped && sent === other) continue;
      const fields = isSwapped ? { ...base.fields, [field]: other } : without;
      // A later call keeps its reference, because that may be the cause.
      const named = isKnown ? fields : this.#operation.renamed(fields, 'diagnosis');
      if ((await this.#ask({ ...base, fields: named })) !== undefined) continue;
      const what = sent === undefined ? `with ${field}` : isSwapped ? `with another ${field}` : `without ${field}`;
      const evidence = `the call is ${RIGHT[symptom.kind]} ${what}`;
      const isLong = sent === undefined || isKnown || symptom.kind === 'unanswered';
      const smallest = isLong ? shown : await this.#smallest(suspect, sent, shown);
      const trait = smallest?.fields[field] ?? sent;
      return {
        ...{ claim: symptom.kind !== 'changed' ? claim : this.#operation.changedClaim, field, evidence },
        ...(smallest === undefined ? {} : { smallest }),
        explains: ({ fields: asked }) =>
          trait === undefined
            ? asked[field] === undefined
            : asked[field] !== undefined && hasTrait(asked[field], trait),
      };
    }
    return undefined;
  }

  /** The ordinary call with only the culprit's value, then with smaller values while the symptom remains. */
  async #smallest(
    { field, simpler }: Suspect,
    sent: string,
    shown: AskedCall | undefined,
  ): Promise<AskedCall | undefined> {
    const call = (value: string): Call => {
      const { fields } = this.#operation.ordinaryCall;
      return { fields: this.#operation.renamed({ ...fields, [field]: value }, 'diagnosis') };
    };
    let smallest = shown;
    try {
      const alone = await this.#ask(call(sent));
      if (alone === undefined) return shown;
      smallest = alone;
      const tried = new Set([sent]);
      for (let values = sent.length > SHORT && !isTemplate(sent) ? (simpler?.(sent) ?? []) : []; values.length > 0; ) {
        const value = values.shift() ?? '';
        if (tried.size > MOST_SIMPLER || tried.has(value)) continue;
        tried.add(value);
        const smaller = await this.#ask(call(value));
        if (smaller === undefined) continue;
        smallest = smaller;
        values = simpler?.(value) ?? [];
      }
    } catch (thrown) {
      if (!(thrown instanceof Spent)) throw thrown;
    }
    return smallest;
  }

  async #smallestSpelled({ fields: _, ...spelling }: Call, shown: AskedCall): Promise<AskedCall> {
    if (spelling.rawBody !== undefined) return shown;
    const { fields } = this.#operation.ordinaryCall;
    return (await this.#ask({ ...spelling, fields: this.#operation.renamed(fields, 'diagnosis') })) ?? shown;
  }
}

/** A call without the symptom. */
const RIGHT = { refused: 'accepted', unanswered: 'answered', changed: 'right' } as const;

/** Fields whose values the claim is about. */
export function suspectsOf({ suspects }: Operation, claim: string): Suspect[] {
  return suspects.filter((one) => (one.family ?? [one.claim]).includes(claim));
}

/** A value this short needs no smaller one. */
const SHORT = 10;

/** Maximum smaller values to try. */
const MOST_SIMPLER = 4;

/** Longer values without special characters are probably refused for their length. */
const LONG = 20;

/** Whether a value shares the trait of the smallest one that shows the symptom: special characters, or length. */
function hasTrait(value: string, smallest: string): boolean {
  const special = [...new Set(smallest.replace(/[\p{L}\p{N}]/gu, ''))];
  if (special.length > 0) return special.every((character) => value.includes(character));
  const isLong = smallest.length > LONG && value.length >= smallest.length;
  return value.includes(smallest) || isLong || (smallest.length === 1 && value.length === 1);
}

/** The call with its fields in the ordinary encoding; undefined if they already are. */
function withoutSpelling({ encoding, rawBody, ...call }: Call): Call | undefined {
  const isForm = encoding !== undefined && encoding !== 'form' && encoding !== 'json';
  return isForm || rawBody !== undefined ? call : undefined;
}

/** The call with its fields in this order; undefined if they already are. */
export function inOrder(call: Call, order: readonly string[]): Call | undefined {
  const names = Object.keys(call.fields);
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  const sorted = names.toSorted((one, other) => place(one) - place(other));
  if (sorted.join() === names.join()) return undefined;
  return { ...call, fields: Object.fromEntries(sorted.map((name) => [name, call.fields[name] ?? ''])) };
}
