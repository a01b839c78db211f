import type { HttpAnswer, HttpFailure } from '../targets/target.ts';
import { isAccepted } from './body.ts';
import { CulpritSearch, suspectsOf } from './culprit-search.ts';
import {
  type Ask,
  type Cause,
  type Diagnosis,
  type Explained,
  type Question,
  Spent,
  type Symptom,
  Unanswered,
} from './explained.ts';
import { mayBeAnswer } from './no-answer.ts';
import type { Fields, Operation, Suspect } from './operation.ts';

/** Requests that explaining may cost in one run; a server that refuses everything must not be asked for ever. */
const BUDGET = 100;

/** Questions of one run that may get no answer: each costs the time limit of a call. */
const MOST_HANGS = 8;

/** What an explanation of the ordinary call is recorded under. */
const CONTROL = 'control';

/**
 * Finds out why calls are refused, or get no answer, that had to be accepted, or why a field comes back changed, by asking
 * calls that differ in one thing: the first that does not show it names the culprit. Then the culprit is made smaller as long as it shows. A
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
  #hangs = 0;

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
    const found = this.#explain(explained).catch((thrown) => unlessSpent(thrown) ?? this.#asBefore(explained));
    return orFailure(found, () => {});
  }

  /** What a call is likely to be refused for that nothing is left to ask about: an earlier run has made its customer. */
  #asBefore({ symptom }: Explained): Diagnosis | undefined {
    const alike = this.#causes.filter(
      ({ symptom: kind, claim, field }) =>
        kind === JSON.stringify(symptom) && claim === this.#operation.acceptedClaim && field === undefined,
    );
    const [first] = alike;
    if (first === undefined || alike.length < MANY) return undefined;
    return { claim: first.claim, evidence: `as with ${alike.length} calls before it, ${first.evidence}` };
  }

  async #diagnoseControl(): Promise<Diagnosis | 'accepted'> {
    const { ordinaryCall, generalRefusals, acceptedClaim } = this.#operation;
    const { fields } = ordinaryCall;
    const { outcome } = await this.#ask({ fields: this.#operation.renamed(fields, 'control') }, CONTROL, 0);
    if (outcome.kind === 'failure') throw new Unanswered(outcome);
    if (isAccepted(outcome)) return 'accepted';
    const ask = this.#questions(CONTROL, { kind: 'refused' }, 1);
    const culprit = await new CulpritSearch(this.#operation, ask)
      .culprit(ordinaryCall, { kind: 'refused' }, this.#operation.suspects)
      .catch(unlessSpent);
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
    const cause = await new CulpritSearch(this.#operation, this.#questions(scope, symptom)).search(
      explained,
      this.#culpritsSoFar(),
    );
    if (cause === undefined) {
      this.#fruitless.set(kind, fruitless + 1);
      return undefined;
    }
    this.#causes.push({ ...cause, symptom: kind });
    return this.#inFamily(cause, explained);
  }

  /** A case that asks about the culprit itself has its own claim on it. */
  #inFamily(cause: Diagnosis & { readonly field?: string }, { claim, symptom }: Explained): Diagnosis {
    const own = suspectsOf(this.#operation, claim).some(({ field }) => field === cause.field);
    return own && symptom.kind !== 'changed' ? { ...cause, claim } : cause;
  }

  /** The fields that refusals were found to be about in this run. */
  #culpritsSoFar(): Suspect[] {
    const fields = new Set(this.#causes.map(({ field }) => field));
    return this.#operation.suspects.filter(({ field }) => fields.has(field));
  }

  /** The questions of one explanation, one after the other. */
  #questions(scope: string, symptom: Symptom, first = 0): Question {
    let position = first;
    return async (call) => {
      if (this.#spent >= this.#budget || this.#hangs >= MOST_HANGS) throw new Spent();
      this.#spent += 1;
      position += 1;
      const asked = await this.#ask(call, scope, position - 1);
      const { outcome, fields } = asked;
      // What the recorded run did not ask it had no requests left for.
      if (outcome.kind === 'failure' && outcome.reason === 'not-recorded' && scope !== CONTROL) throw new Spent();
      if (outcome.kind === 'failure' && symptom.kind === 'unanswered' && mayBeAnswer(outcome)) {
        this.#hangs += 1;
        return asked;
      }
      if (outcome.kind === 'failure') throw new Unanswered(outcome);
      return this.#shows(outcome, fields, symptom) ? asked : undefined;
    };
  }

  #shows(answer: HttpAnswer, fields: Fields, symptom: Symptom): boolean {
    if (symptom.kind === 'refused') return !isAccepted(answer);
    return (
      symptom.kind === 'changed' &&
      isAccepted(answer) &&
      this.#operation.changedIn(answer, fields).includes(symptom.field)
    );
  }
}

/** Searches of one symptom that may find nothing: what a server does to every call has no culprit. */
const MOST_FRUITLESS = 2;

/** Calls that are refused for being later ones alone, of which the next one is taken for another. */
const MANY = 10;

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

function unlessSpent(thrown: unknown): undefined {
  if (!(thrown instanceof Spent)) throw thrown;
  return undefined;
}
