import type { OpenAPIV3_1 } from 'openapi-types';
import type { Contract } from '../../spec/contract.ts';
import type { Echo } from '../../spec/echoes.ts';
import type { Validators } from '../../spec/schemas.ts';
import type { Call, Relation, Step } from '../cases/case.ts';
import type { AskedOperation, HttpAnswer, HttpRequest, Keys } from '../targets/target.ts';
import type { CallRecord } from './exchange.ts';
import type { Identity, Known, Sent } from './identity.ts';
import type { Flaw, Observation } from './result.ts';

/** A call's fields by name, decoded. */
export type Fields = Readonly<Record<string, string>>;

/** The body of an accepted answer. */
export type AnswerBody = Readonly<Record<string, unknown>>;

/** The compiled document. */
export interface Compiled {
  readonly validators: Validators;
  readonly echoes: readonly Echo[];
  /** The schema of requests, from which properties are generated. */
  readonly form: OpenAPIV3_1.SchemaObject;
}

/** A check without the data that it needs. */
export interface Unseen {
  readonly claim: string;
  /** The reason, for messages. */
  readonly what: string;
}

/** The body of an answer, if it is a JSON object, and all flaws of the answer. */
export interface Reading {
  readonly value?: AnswerBody;
  /** For repeated names: the body with the values that most clients do not read. */
  readonly others?: readonly AnswerBody[];
  readonly flaws: readonly Flaw[];
  readonly unseen?: readonly Unseen[];
}

/** The context to check an accepted answer. */
export interface AskedFor {
  readonly step: Step;
  /** As sent. */
  readonly fields: Fields;
  /** Fields of concurrent calls: if one of them comes back instead, it is a mix-up. */
  readonly others: readonly Fields[];
  /** What all calls of the run for the same name sent, including this one. */
  readonly sent: Readonly<Sent>;
  /** What its earlier answers contained. */
  readonly known?: Readonly<Known>;
  /** The customer did not exist before. */
  readonly isNew: boolean;
  /** Whether the page leaves the answer open: then only rules for all answers apply. */
  readonly open: boolean;
}

/** The body of an accepted call. */
export interface AnsweredCall {
  readonly step: number;
  readonly value: AnswerBody;
  /** As sent, for comparison with the answer. */
  readonly fields?: Fields;
}

/** An answer with the fields of its call. */
export interface Observed {
  readonly answer: HttpAnswer;
  readonly fields: Fields;
}

/** A field whose value may cause a refusal. */
export interface Suspect {
  readonly field: string;
  /** The claim about its accepted values. */
  readonly claim: string;
  /** Another accepted value. */
  readonly other: string;
  /** Whether it cannot be omitted. */
  readonly mandatory?: true;
  /** Claims whose cases are about this field's values, and blame themselves. Default: only `claim`. */
  readonly family?: readonly string[];
  /** Smaller values that may cause it as well, simplest first. */
  readonly simpler?: (value: string) => string[];
}

/**
 * Everything specific to the operation under test. It is passed to the engine, live targets, masking, recording and the
 * runner, which do not depend on the operation otherwise.
 */
export interface Operation extends AskedOperation {
  compile(contract: Contract): Compiled;

  /** The name of the account in messages. */
  readonly accountName: string;
  /** The request for a call. @param digits 64 hexadecimal digits for the templates `{n}` */
  buildRequest(call: Call, keys: Keys, digits: string): HttpRequest;
  /** A call's fields as sent. */
  fillFields(call: Call, digits: string): Fields;
  /** A request with everything wrong: no credentials, no body, no required header. */
  hopelessRequest(keys: Keys): HttpRequest;
  /** The name of what a call creates or finds, or of the customer in an answer; empty if missing. */
  nameIn(fields: Fields | AnswerBody): string;
  /** Whether the call differs from an ordinary one only in its fields, so that a 400 must be the documented one. */
  differsInFieldsAlone(call: Call): boolean;

  /** Whether a body is a whole accepted answer, whatever the status. */
  isAcceptedBody(answer: HttpAnswer): boolean;
  /** Whether an answer shows that the caller has access. */
  isLetIn(answer: HttpAnswer): boolean;
  /** Explains a refusal by the server's own words and advice. */
  refusalInWords(answer: HttpAnswer): string;
  /** Whether a body is a documented refusal, whatever the status. */
  isErrorBody(answer: HttpAnswer, compiled: Compiled): boolean;
  /** Checks an accepted answer by every claim on such answers. */
  readAccepted(answer: HttpAnswer, asked: AskedFor, compiled: Compiled): Reading;
  /** Checks the answer to an invalid call. @param claim breaks if the call is accepted @param fields as sent */
  checkBadRequest(answer: HttpAnswer, claim: string, fields: Fields, compiled: Compiled): Flaw[];
  /** Checks the body of a documented refusal. */
  checkErrorBody(answer: HttpAnswer, compiled: Compiled): Flaw[];
  /**
   * Checks the answer to an unauthorized call.
   * @param calls the case's calls so far @param known from the run's earlier answers for the name
   */
  checkRefused(
    answer: HttpAnswer,
    claim: string,
    refused: CallRecord,
    calls: readonly CallRecord[],
    known: Readonly<Known> | undefined,
  ): Flaw[];
  /** Checks what must hold between answers; `undecided` if an answer lacks the value to compare. */
  checkRelation(relation: Relation, answered: readonly AnsweredCall[], claim: string): Flaw | 'undecided' | undefined;

  /** What identifies a customer. */
  identityOf(value: AnswerBody): Identity;
  /** The data of a call that is stored: equal data must get equal answers. */
  dataIn(fields: Fields): Fields;
  /** Whether two names are certainly different customers. */
  namesOther(one: string, other: string): boolean;
  /** The claims that break if answers of different calls contradict each other. */
  readonly memoryClaims: {
    /** One name, two answers; depends on what the two calls sent. */
    readonly same: (before: Fields, now: Fields) => string;
    /** Two names with the same id, or one with the other's data. */
    readonly apart: string;
    readonly token: string;
    /** A refused call changed something. */
    readonly refusal: string;
  };

  /** Makes an open claim's observation. @param name of the observation */
  observe(name: string, calls: readonly Observed[]): Observation;
  /** An observation as a sentence. */
  observationText(observation: Observation): string;

  /** The claim that breaks if a valid call is refused for an unknown reason. */
  readonly acceptedClaim: string;
  /** The claim that breaks if a field comes back changed. */
  readonly changedClaim: string;
  /** The claim that breaks if the result depends on the encoding. */
  readonly spellingClaim: string;
  /** The claim that breaks if an invalid call gets no answer. */
  readonly errorClaim: string;
  /** The field with the name of a call, and the claim about its values. */
  readonly nameSuspect: Pick<Suspect, 'field' | 'claim'>;
  /** Fields that came back changed. */
  changedIn(answer: HttpAnswer, fields: Fields): string[];
  /** The change shown by the smallest call. */
  changeTold(
    smallest: Pick<CallRecord, 'fields' | 'outcome'>,
    field: string,
  ): Pick<Flaw, 'expected' | 'actual'> | undefined;
  /** A call that every server must accept. */
  readonly ordinaryCall: Call;
  /** Another one, with as little in common as possible. */
  readonly otherCall: Call;
  /** Possible causes of a refusal, in the order of trying. */
  readonly suspects: readonly Suspect[];
  /** By status: the claim that breaks if an ordinary call is refused with it. */
  readonly generalRefusals: Readonly<Record<number, string>>;
  /** Fields with a new name for a diagnosis. @param prefix says what it is for */
  renamed(fields: Fields, prefix: string): Fields;
  /** Fields of a new customer, to see whether ordinary calls are still accepted. */
  control(fields: Fields): Fields;
  /** The only case that may create a customer in production. */
  readonly productionCase: string;
}
