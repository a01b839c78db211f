import type { Call } from '../cases/case.ts';
import type { HttpFailure, HttpOutcome } from '../targets/target.ts';
import { isAccepted } from './body.ts';
import type { Operation } from './operation.ts';

/** Who is to blame for a refusal, and what shows it. */
export interface Diagnosis {
  readonly claim: string;
  /** For the finding, behind what came back. */
  readonly evidence: string;
}

/**
 * Asks a call, under a reference that no call had before.
 * @param scope what is explained @param position which question of that explanation it is, from 0
 */
export type Ask = (call: Call, scope: string, position: number) => Promise<HttpOutcome>;

/** A call came to nothing, so that nothing follows from it. */
class Unanswered extends Error {
  readonly failure: HttpFailure;

  constructor(failure: HttpFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** Requests that explaining refusals may cost in one run; a server that refuses everything must not be asked for ever. */
const BUDGET = 60;

/** @returns the status; undefined where enough was asked @throws Unanswered */
type Question = (call: Call) => Promise<number | undefined>;

/**
 * Finds out why calls that had to be accepted are refused, by asking calls that differ in one thing: the first that is
 * accepted names the culprit. A server that refuses one value, or asks for a field that is optional, refuses many cases;
 * they shall all blame the one claim that it breaks.
 */
export class RefusalDiagnosis {
  readonly #operation: Operation;
  readonly #ask: Ask;
  readonly #budget: number;
  readonly #known = new Map<string, Promise<Diagnosis | undefined | HttpFailure>>();
  #control: Promise<Diagnosis | 'accepted' | HttpFailure> | undefined;
  #spent = 0;

  constructor(operation: Operation, ask: Ask, budget: number = BUDGET) {
    this.#operation = operation;
    this.#ask = ask;
    this.#budget = budget;
  }

  /** Whether an ordinary call is accepted, and if not, why not. Asked once, unless no answer came. */
  control(): Promise<Diagnosis | 'accepted' | HttpFailure> {
    const asked = this.#control ?? orFailure(this.#diagnoseControl(), () => (this.#control = undefined));
    this.#control = asked;
    return asked;
  }

  /** Why this call is refused though an ordinary one is accepted; undefined where no single change makes a difference. */
  explain(call: Call): Promise<Diagnosis | undefined | HttpFailure> {
    const key = JSON.stringify(this.#operation.renamed(call.fields, ''));
    const asked =
      this.#known.get(key) ?? orFailure(this.#explain(call, this.#questions(key)), () => this.#known.delete(key));
    this.#known.set(key, asked);
    return asked;
  }

  async #diagnoseControl(): Promise<Diagnosis | 'accepted'> {
    const ask = this.#questions('control');
    const { ordinaryCall, generalRefusals, acceptedClaim } = this.#operation;
    const status = await ask({
      ...ordinaryCall,
      fields: this.#operation.renamed(ordinaryCall.fields, 'control'),
    });
    if (status !== undefined && isAccepted({ status })) return 'accepted';
    const culprit = await this.#explain(ordinaryCall, ask);
    return (
      culprit ?? { claim: generalRefusals[status ?? 0] ?? acceptedClaim, evidence: 'an ordinary call is refused too' }
    );
  }

  async #explain({ fields }: Call, ask: Question): Promise<Diagnosis | undefined> {
    // Under a reference that no call had before: what is accepted there is refused only as a later call.
    if (await this.#accepts(fields, ask)) {
      return { claim: this.#operation.acceptedClaim, evidence: 'the same data are accepted for a new reference' };
    }
    for (const { field, claim, other, mandatory } of this.#operation.suspects) {
      const { [field]: sent, ...without } = fields;
      const changed = mandatory === true || sent === undefined ? { ...fields, [field]: other } : without;
      if (sent === other && mandatory === true) continue;
      if (await this.#accepts(changed, ask)) {
        const what =
          sent === undefined ? `with ${field}` : mandatory === true ? `with another ${field}` : `without ${field}`;
        return { claim, evidence: `the call is accepted ${what}` };
      }
    }
    return undefined;
  }

  async #accepts(fields: Call['fields'], ask: Question): Promise<boolean> {
    const status = await ask({ fields: this.#operation.renamed(fields, 'diagnosis') });
    return status !== undefined && isAccepted({ status });
  }

  /** The questions of one explanation, one after the other. */
  #questions(scope: string): Question {
    let position = 0;
    return async (call) => {
      if (this.#spent >= this.#budget) return undefined;
      this.#spent += 1;
      position += 1;
      const outcome = await this.#ask(call, scope, position - 1);
      if (outcome.kind === 'failure') throw new Unanswered(outcome);
      return outcome.status;
    };
  }
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
