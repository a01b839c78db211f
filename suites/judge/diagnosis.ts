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

/** Maximum requests for explanations in one run, in case a server refuses everything. */
const BUDGET = 100;
/** Maximum questions of one run without an answer, because each takes the whole timeout. */
const MOST_HANGS = 12;
/** The scope of the ordinary call's explanation in recordings. */
const CONTROL = 'control';

/**
 * Finds out why a valid call is refused or not answered, or why a field changes, by calls that differ in one thing: the first
 * one without the symptom names the culprit, which is then made smaller while the symptom remains. A server with one fault
 * fails many cases, which should all blame the one broken claim.
 */
export class RefusalDiagnosis {
  readonly #operation: Operation;
  readonly #ask: Ask;
  readonly #budget: number;
  #recorded: readonly string[];
  readonly #causes: Cause[] = [];
  #control: Promise<Diagnosis | 'accepted' | HttpFailure> | undefined;
  /** One explanation at a time, because a later one may have a known cause. */
  #turn: Promise<unknown> = Promise.resolve();
  /** Unsuccessful searches by symptom. */
  readonly #fruitless = new Map<string, number>();
  #spent = 0;
  #hangs = 0;

  /** @param recorded explanations of a recorded run, whose causes apply in any order of cases */
  constructor(operation: Operation, ask: Ask, recorded?: readonly string[]) {
    this.#operation = operation;
    this.#ask = ask;
    // A recording is limited by the budget of its own run.
    this.#budget = recorded === undefined ? BUDGET : Number.POSITIVE_INFINITY;
    this.#recorded = recorded ?? [];
  }

  /** Whether an ordinary call is accepted, or why not. Asked once, unless there was no answer. */
  control(): Promise<Diagnosis | 'accepted' | HttpFailure> {
    const asked = this.#control ?? orFailure(this.#diagnoseControl(), () => (this.#control = undefined));
    this.#control = asked;
    return asked;
  }

  /** Why this call has the symptom but an ordinary one does not; undefined if no single change helps. */
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

  /** The probable cause without any budget left: an earlier run has created the customer. */
  #asBefore({ symptom }: Explained): Diagnosis | undefined {
    const alike = this.#causes.filter(
      ({ symptom: kind, claim, field }) =>
        kind === JSON.stringify(symptom) && claim === this.#operation.acceptedClaim && field === undefined,
    );
    const [first] = alike;
    if (first === undefined || alike.length < MANY) return undefined;
    return { claim: first.claim, evidence: `as with ${alike.length} earlier calls, ${first.evidence}` };
  }

  async #diagnoseControl(): Promise<Diagnosis | 'accepted'> {
    const { ordinaryCall, generalRefusals, acceptedClaim } = this.#operation;
    const { fields } = ordinaryCall;
    const { outcome } = await this.#ask({ fields: this.#operation.control(fields) }, CONTROL, 0);
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
    // A later call may be refused for being a later one, whatever it contains.
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

  /** A case about the culprit itself blames its own claim. */
  #inFamily(cause: Diagnosis & { readonly field?: string }, { claim, symptom }: Explained): Diagnosis {
    const own = suspectsOf(this.#operation, claim).some(({ field }) => field === cause.field);
    return own && symptom.kind !== 'changed' ? { ...cause, claim } : cause;
  }

  /** The fields that caused refusals so far in this run. */
  #culpritsSoFar(): Suspect[] {
    const fields = new Set(this.#causes.map(({ field }) => field));
    return this.#operation.suspects.filter(({ field }) => fields.has(field));
  }

  /** The questions of one explanation, in sequence. */
  #questions(scope: string, symptom: Symptom, first = 0): Question {
    let position = first;
    return async (call) => {
      if (this.#spent >= this.#budget || this.#hangs >= MOST_HANGS) throw new Spent();
      this.#spent += 1;
      position += 1;
      const asked = await this.#ask(call, scope, position - 1);
      const { outcome, fields } = asked;
      // The recorded run did not ask this because its budget was used up.
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

/** Maximum unsuccessful searches of one symptom: if it affects every call there is no culprit. */
const MOST_FRUITLESS = 2;

/** Number of calls refused only for being later ones, after which further calls are assumed to be the same. */
const MANY = 10;

/** @param forget called without an answer, because the next attempt may succeed */
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
