import type { Call } from '../../cases/case.ts';
import { CUSTOMER, TOKEN_OPTION } from '../../cases/data.ts';
import type { HttpFailure, HttpOutcome } from '../../targets/target.ts';
import { isAccepted } from './accepted-answer.ts';

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

/** The claims that say which values of a field are accepted, and another value that the page accepts as well. */
const FIELDS: readonly {
  readonly field: string;
  readonly claim: string;
  readonly other: string;
  readonly mandatory?: true;
}[] = [
  { field: 'email_address', claim: 'RQ-6', other: CUSTOMER.email_address },
  { field: 'first_name', claim: 'RQ-9', other: CUSTOMER.first_name },
  { field: 'last_name', claim: 'RQ-11', other: CUSTOMER.last_name },
  { field: 'mobile_country_code', claim: 'RQ-14', other: CUSTOMER.mobile_country_code },
  { field: TOKEN_OPTION, claim: 'RQ-16', other: 'true' },
  { field: 'mobile_number', claim: 'RQ-4', other: '9988776655', mandatory: true },
  { field: 'mobile_number', claim: 'RQ-4', other: '99887766', mandatory: true },
];

/** What a refusal means when an ordinary call meets it too, and nothing in that call explains it. */
const GENERAL: Readonly<Record<number, string>> = { 401: 'AU-1', 403: 'AU-1', 404: 'EP-1', 405: 'EP-1', 415: 'EP-2' };

/** @returns the status; undefined where enough was asked @throws Unanswered */
type Question = (call: Call) => Promise<number | undefined>;

const ORDINARY: Call = { fields: { ...CUSTOMER } };

/**
 * Finds out why calls that had to be accepted are refused, by asking calls that differ in one thing: the first that is
 * accepted names the culprit. A server that refuses one value, or asks for a field that is optional, refuses many cases;
 * they shall all blame the one claim that it breaks.
 */
export class RefusalDiagnosis {
  readonly #ask: Ask;
  readonly #budget: number;
  readonly #known = new Map<string, Promise<Diagnosis | undefined | HttpFailure>>();
  #control: Promise<Diagnosis | 'accepted' | HttpFailure> | undefined;
  #spent = 0;

  constructor(ask: Ask, budget: number = BUDGET) {
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
    const { object_reference_id: _, ...rest } = call.fields;
    const key = JSON.stringify(rest);
    const asked =
      this.#known.get(key) ?? orFailure(this.#explain(call, this.#questions(key)), () => this.#known.delete(key));
    this.#known.set(key, asked);
    return asked;
  }

  async #diagnoseControl(): Promise<Diagnosis | 'accepted'> {
    const ask = this.#questions('control');
    const status = await ask({
      ...ORDINARY,
      fields: { ...ORDINARY.fields, object_reference_id: 'control-{24}' },
    });
    if (status !== undefined && isAccepted({ status })) return 'accepted';
    const culprit = await this.#explain(ORDINARY, ask);
    return culprit ?? { claim: GENERAL[status ?? 0] ?? 'RS-1', evidence: 'an ordinary call is refused too' };
  }

  async #explain({ fields }: Call, ask: Question): Promise<Diagnosis | undefined> {
    // Under a reference that no call had before: what is accepted there is refused only as a later call.
    if (await this.#accepts(fields, ask)) {
      return { claim: 'RS-1', evidence: 'the same data are accepted for a new reference' };
    }
    for (const { field, claim, other, mandatory } of FIELDS) {
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
    const status = await ask({ fields: { ...fields, object_reference_id: 'diagnosis-{24}' } });
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
