import type { Call } from '../cases/case.ts';
import { isTemplate } from '../cases/template.ts';
import type { HttpAnswer, HttpFailure, HttpOutcome, HttpRequest } from '../targets/target.ts';
import { isAccepted } from './body.ts';
import type { Fields, Operation, Suspect } from './operation.ts';

/** Who is to blame for an answer, and what shows it. */
export interface Diagnosis {
  readonly claim: string;
  /** For the finding, behind what came back. */
  readonly evidence: string;
  /** The smallest call that shows it, where one was found. */
  readonly smallest?: AskedCall;
}

/** A call as it was made, with what came back. */
export interface AskedCall {
  readonly call: Call;
  readonly fields: Fields;
  readonly request: HttpRequest;
  readonly outcome: HttpOutcome;
}

/**
 * Asks a call, under a reference that no call had before.
 * @param scope what is explained @param position which question of that explanation it is, from 0
 */
export type Ask = (call: Call, scope: string, position: number) => Promise<AskedCall>;

/** What is wrong with an answer: the call is refused, or a field comes back changed. */
export type Symptom = { readonly kind: 'refused' } | { readonly kind: 'changed'; readonly field: string };

/** What is to be explained. */
export interface Explained {
  readonly call: Call;
  readonly symptom: Symptom;
  /** The claim that the case is about. */
  readonly claim: string;
  /** There was a call for the same name before. */
  readonly isLater: boolean;
}

/** What was found to be the reason once: the next call that has it need not be searched. */
interface Cause extends Diagnosis {
  readonly symptom: string;
  /** The field that is to blame, where it is one. */
  readonly field?: string;
  readonly explains: (call: Call) => boolean;
}

/** A call came to nothing, so that nothing follows from it. */
class Unanswered extends Error {
  readonly failure: HttpFailure;

  constructor(failure: HttpFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Enough was asked; what is not known by now stays so. */
class Spent extends Error {}

/** Requests that explaining may cost in one run; a server that refuses everything must not be asked for ever. */
const BUDGET = 100;

/** What an explanation of the ordinary call is recorded under. */
const CONTROL = 'control';

/** @returns the call where it shows the symptom, undefined where it does not @throws Unanswered, Spent */
type Question = (call: Call) => Promise<AskedCall | undefined>;

/**
 * Finds out why calls are refused that had to be accepted, or why a field comes back changed, by asking calls that differ
 * in one thing: the first that does not show it names the culprit. Then the culprit is made smaller as long as it shows. A
 * server with one fault fails many cases; they shall all blame the one claim that it breaks.
 */
export class RefusalDiagnosis {
  readonly #operation: Operation;
  readonly #ask: Ask;
  readonly #budget: number;
  #recorded: readonly string[];
  readonly #causes: Cause[] = [];
  #control: Promise<Diagnosis | 'accepted' | HttpFailure> | undefined;
  /** One explanation after the other: the second may find its cause known. */
  #turn: Promise<unknown> = Promise.resolve();
  /** By symptom: searches that found nothing. */
  readonly #fruitless = new Map<string, number>();
  #spent = 0;

  /** @param recorded of a replay: what the recorded run explained; its causes hold whichever case comes first now */
  constructor(operation: Operation, ask: Ask, recorded?: readonly string[]) {
    this.#operation = operation;
    this.#ask = ask;
    // A recording holds no more than its own run was allowed to ask.
    this.#budget = recorded === undefined ? BUDGET : Number.POSITIVE_INFINITY;
    this.#recorded = recorded ?? [];
  }

  /** Whether an ordinary call is accepted, and if not, why not. Asked once, unless no answer came. */
  control(): Promise<Diagnosis | 'accepted' | HttpFailure> {
    const asked = this.#control ?? orFailure(this.#diagnoseControl(), () => (this.#control = undefined));
    this.#control = asked;
    return asked;
  }

  /** Why this call shows the symptom though an ordinary one does not; undefined where no single change makes a difference. */
  explain(explained: Explained): Promise<Diagnosis | undefined | HttpFailure> {
    const found = this.#turn.then(async () => {
      const before = this.#recorded;
      this.#recorded = [];
      for (const scope of before) await this.#tryToExplain(JSON.parse(scope) as Explained);
      return await this.#tryToExplain(explained);
    });
    this.#turn = found;
    return found;
  }

  #tryToExplain(explained: Explained): Promise<Diagnosis | undefined | HttpFailure> {
    return orFailure(this.#explain(explained).catch(unlessSpent), () => {});
  }

  async #diagnoseControl(): Promise<Diagnosis | 'accepted'> {
    const { ordinaryCall, generalRefusals, acceptedClaim } = this.#operation;
    const { fields } = ordinaryCall;
    const { outcome } = await this.#ask({ fields: this.#operation.renamed(fields, 'control') }, CONTROL, 0);
    if (outcome.kind === 'failure') throw new Unanswered(outcome);
    if (isAccepted(outcome)) return 'accepted';
    const ask = this.#questions(CONTROL, { kind: 'refused' }, 1);
    const culprit = await this.#culprit(ordinaryCall, { kind: 'refused' }, ask, this.#operation.suspects).catch(
      unlessSpent,
    );
    return (
      culprit ?? {
        claim: generalRefusals[outcome.status] ?? acceptedClaim,
        evidence: 'an ordinary call is refused too',
      }
    );
  }

  async #explain(explained: Explained): Promise<Diagnosis | undefined> {
    const { call, symptom } = explained;
    const kind = JSON.stringify(symptom);
    // What a call had to be accepted for before may be refused for being a later one, whatever is in it.
    const known = explained.isLater
      ? undefined
      : this.#causes.find((cause) => cause.symptom === kind && cause.explains(call));
    if (known !== undefined) return this.#inFamily(known, explained);
    const scope = JSON.stringify(explained);
    const fruitless = this.#fruitless.get(kind) ?? 0;
    if (fruitless >= MOST_FRUITLESS) return undefined;
    const cause = await this.#search(explained, this.#questions(scope, symptom));
    if (cause === undefined) {
      this.#fruitless.set(kind, fruitless + 1);
      return undefined;
    }
    this.#causes.push({ ...cause, symptom: kind });
    return this.#inFamily(cause, explained);
  }

  /** A case that asks about the culprit itself has its own claim on it. */
  #inFamily(cause: Diagnosis & { readonly field?: string }, { claim, symptom }: Explained): Diagnosis {
    const own = this.#suspectsOf(claim).some(({ field }) => field === cause.field);
    return own && symptom.kind === 'refused' ? { ...cause, claim } : cause;
  }

  async #search(explained: Explained, ask: Question): Promise<Omit<Cause, 'symptom'> | undefined> {
    const { call, symptom, claim: about, isLater } = explained;
    const { acceptedClaim, changedClaim, spellingClaim, nameSuspect } = this.#operation;
    const under = (one: Call): Call => ({ ...one, fields: this.#operation.renamed(one.fields, 'diagnosis') });
    const base = under(call);
    if (symptom.kind === 'refused' && !isLater) {
      // One question each: a server that refuses one value of a field refuses many calls, with other values like it.
      const again = await this.#culprit(call, symptom, ask, this.#culpritsSoFar(), undefined, true);
      if (again !== undefined) return again;
    }
    const shown = await ask(base);
    if (shown === undefined) {
      const form = call.fields[nameSuspect.field] ?? '';
      const isOrdinary = /^[a-z]+-\{24\}$/.test(form);
      const again = isOrdinary || !isTemplate(form) ? undefined : await ask(call);
      if (again !== undefined || (!isOrdinary && !isTemplate(form) && !isLater)) {
        const claim = symptom.kind === 'refused' ? nameSuspect.claim : changedClaim;
        const evidence = `the call is right under another ${nameSuspect.field}`;
        const explains = (other: Call) => other.fields[nameSuspect.field] === form;
        return { claim, evidence, explains, ...(again === undefined ? {} : { smallest: again }) };
      }
      if (symptom.kind === 'changed') return undefined;
      // What is accepted under a new reference is refused only as a later call.
      return {
        claim: acceptedClaim,
        evidence: 'the same data are accepted for a new reference',
        explains: () => false,
      };
    }
    // A case that asks about one field differs from an ordinary call in that one most likely.
    const own = symptom.kind === 'refused' ? this.#suspectsOf(about) : [];
    const asked = await this.#culprit(base, symptom, ask, own, shown);
    if (asked !== undefined) return asked;
    const plain = withoutSpelling(base);
    if (plain !== undefined && (await ask(plain)) === undefined) {
      const evidence = 'the same fields, written as a browser writes a form, are right';
      const explains = (other: Call) => other.encoding === call.encoding && withoutSpelling(other) !== undefined;
      return { claim: spellingClaim, evidence, explains, smallest: await this.#smallestSpelled(base, shown, ask) };
    }
    const ordered = inOrder(plain ?? base, Object.keys(this.#operation.ordinaryCall.fields));
    if (ordered !== undefined && (await ask(ordered)) === undefined) {
      const order = Object.keys(call.fields).join();
      const explains = (other: Call) => Object.keys(other.fields).join() === order;
      return {
        claim: spellingClaim,
        evidence: 'the same fields in another order are right',
        explains,
        smallest: shown,
      };
    }
    const suspects = this.#operation.suspects.filter(
      ({ field }) => symptom.kind === 'refused' || symptom.field === field,
    );
    return await this.#culprit(base, symptom, ask, suspects, shown);
  }

  /** The fields that refusals were found to be about in this run. */
  #culpritsSoFar(): Suspect[] {
    const fields = new Set(this.#causes.map(({ field }) => field));
    return this.#operation.suspects.filter(({ field }) => fields.has(field));
  }

  #suspectsOf(claim: string): Suspect[] {
    return this.#operation.suspects.filter((one) => (one.family ?? [one.claim]).includes(claim));
  }

  /** The field without which, or with another value of which, the call does not show it. */
  async #culprit(
    base: Call,
    symptom: Symptom,
    ask: Question,
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
      // Of a culprit that is known the call keeps its name, lest that be what is refused.
      const named = isKnown ? fields : this.#operation.renamed(fields, 'diagnosis');
      if ((await ask({ ...base, fields: named })) !== undefined) continue;
      const what = sent === undefined ? `with ${field}` : isSwapped ? `with another ${field}` : `without ${field}`;
      const evidence = `the call is ${symptom.kind === 'refused' ? 'accepted' : 'right'} ${what}`;
      const smallest = sent === undefined || isKnown ? shown : await this.#smallest(suspect, sent, shown, ask);
      const trait = smallest?.fields[field] ?? sent;
      return {
        ...{ claim: symptom.kind === 'refused' ? claim : this.#operation.changedClaim, field, evidence },
        ...(smallest === undefined ? {} : { smallest }),
        explains: ({ fields: asked }) =>
          trait === undefined
            ? asked[field] === undefined
            : asked[field] !== undefined && hasTrait(asked[field], trait),
      };
    }
    return undefined;
  }

  /** The ordinary call with the culprit's value alone, then with smaller and smaller values, as long as they show it. */
  async #smallest(
    { field, simpler }: Suspect,
    sent: string,
    shown: AskedCall | undefined,
    ask: Question,
  ): Promise<AskedCall | undefined> {
    const call = (value: string): Call => {
      const { fields } = this.#operation.ordinaryCall;
      return { fields: this.#operation.renamed({ ...fields, [field]: value }, 'diagnosis') };
    };
    let smallest = shown;
    try {
      const alone = await ask(call(sent));
      if (alone === undefined) return shown;
      smallest = alone;
      const tried = new Set([sent]);
      for (let values = sent.length > SHORT && !isTemplate(sent) ? (simpler?.(sent) ?? []) : []; values.length > 0; ) {
        const value = values.shift() ?? '';
        if (tried.size > MOST_SIMPLER || tried.has(value)) continue;
        tried.add(value);
        const smaller = await ask(call(value));
        if (smaller === undefined) continue;
        smallest = smaller;
        values = simpler?.(value) ?? [];
      }
    } catch (thrown) {
      if (!(thrown instanceof Spent)) throw thrown;
    }
    return smallest;
  }

  async #smallestSpelled({ fields: _, ...spelling }: Call, shown: AskedCall, ask: Question): Promise<AskedCall> {
    if (spelling.rawBody !== undefined) return shown;
    const { fields } = this.#operation.ordinaryCall;
    return (await ask({ ...spelling, fields: this.#operation.renamed(fields, 'diagnosis') })) ?? shown;
  }

  /** The questions of one explanation, one after the other. */
  #questions(scope: string, symptom: Symptom, first = 0): Question {
    let position = first;
    return async (call) => {
      if (this.#spent >= this.#budget) throw new Spent();
      this.#spent += 1;
      position += 1;
      const asked = await this.#ask(call, scope, position - 1);
      const { outcome, fields } = asked;
      // What the recorded run did not ask it had no requests left for.
      if (outcome.kind === 'failure' && outcome.reason === 'not-recorded' && scope !== CONTROL) throw new Spent();
      if (outcome.kind === 'failure') throw new Unanswered(outcome);
      return this.#shows(outcome, fields, symptom) ? asked : undefined;
    };
  }

  #shows(answer: HttpAnswer, fields: Fields, symptom: Symptom): boolean {
    if (symptom.kind === 'refused') return !isAccepted(answer);
    return isAccepted(answer) && this.#operation.changedIn(answer, fields).includes(symptom.field);
  }
}

/** Searches of one symptom that may find nothing: what a server does to every call has no culprit. */
const MOST_FRUITLESS = 2;

/** A value that needs no smaller one to be understood. */
const SHORT = 10;

/** Smaller values that are tried of one culprit. */
const MOST_SIMPLER = 4;

/** The call with its fields written in the ordinary way; undefined where they are. */
function withoutSpelling({ encoding, rawBody, ...call }: Call): Call | undefined {
  const isForm = encoding !== undefined && encoding !== 'form' && encoding !== 'json';
  return isForm || rawBody !== undefined ? call : undefined;
}

/** The call with its fields in an order; undefined where they are. */
function inOrder(call: Call, order: readonly string[]): Call | undefined {
  const names = Object.keys(call.fields);
  const place = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length);
  const sorted = names.toSorted((one, other) => place(one) - place(other));
  if (sorted.join() === names.join()) return undefined;
  return { ...call, fields: Object.fromEntries(sorted.map((name) => [name, call.fields[name] ?? ''])) };
}

function unlessSpent(thrown: unknown): undefined {
  if (!(thrown instanceof Spent)) throw thrown;
  return undefined;
}

/** Longer values are refused for their length, where they have nothing special. */
const LONG = 20;

/** Whether a value has what makes another one the smallest that shows a symptom: its special characters, or its length. */
function hasTrait(value: string, smallest: string): boolean {
  const special = [...new Set(smallest.replace(/[\p{L}\p{N}]/gu, ''))];
  if (special.length > 0) return special.every((character) => value.includes(character));
  const isLong = smallest.length > LONG && value.length >= smallest.length;
  return value.includes(smallest) || isLong || (smallest.length === 1 && value.length === 1);
}

/** @param forget called where no answer came: the next one to ask may fare better */
async function orFailure<T>(answer: Promise<T>, forget: () => void): Promise<T | HttpFailure> {
  try {
    return await answer;
  } catch (thrown) {
    if (!(thrown instanceof Unanswered)) throw thrown;
    forget();
    return thrown.failure;
  }
}
