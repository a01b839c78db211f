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

/** What the document says, made ready to judge by. */
export interface Compiled {
  readonly validators: Validators;
  readonly echoes: readonly Echo[];
  /** The schema of requests: what properties are generated from. */
  readonly form: OpenAPIV3_1.SchemaObject;
}

/** Something that had to be looked at and could not be. */
export interface Unseen {
  readonly claim: string;
  /** Why, for people. */
  readonly what: string;
}

/** The body of an answer, where it is a JSON object, and everything in the answer that breaks a claim. */
export interface Reading {
  readonly value?: AnswerBody;
  /** Where an object has one name twice: the body with the values that most clients do not read. */
  readonly others?: readonly AnswerBody[];
  readonly flaws: readonly Flaw[];
  readonly unseen?: readonly Unseen[];
}

/** What an accepted answer is read against. */
export interface AskedFor {
  readonly step: Step;
  /** As sent. */
  readonly fields: Fields;
  /** Fields of the calls at the same time: one of them coming back instead is a mix-up. */
  readonly others: readonly Fields[];
  /** What all calls of the run for the same name sent, this one included. */
  readonly sent: Readonly<Sent>;
  /** What its earlier answers told. */
  readonly known?: Readonly<Known>;
  /** Nobody created this before. */
  readonly isNew: boolean;
  /** The page leaves open what such a call is answered with: only what holds for every answer is looked at. */
  readonly open: boolean;
}

/** The body of an accepted call. */
export interface AnsweredCall {
  readonly step: number;
  readonly value: AnswerBody;
  /** As sent; looked at where answers are held against what was sent. */
  readonly fields?: Fields;
}

/** An answer and the fields that were sent for it. */
export interface Observed {
  readonly answer: HttpAnswer;
  readonly fields: Fields;
}

/** A field whose value may be why a call is refused. */
export interface Suspect {
  readonly field: string;
  /** The claim that says which values are accepted. */
  readonly claim: string;
  /** Another value that the page accepts as well. */
  readonly other: string;
  /** It cannot be left out. */
  readonly mandatory?: true;
  /** Claims whose cases are about this field's values: they have their own claim on it. Default: `claim` alone. */
  readonly family?: readonly string[];
  /** Values with less in them that may be the reason as well, the simplest first. */
  readonly simpler?: (value: string) => string[];
}

/**
 * Everything that is special to the operation under test. The engine, the limits of live targets, masking, recording and
 * the runner know no word of it: they are handed this.
 */
export interface Operation extends AskedOperation {
  compile(contract: Contract): Compiled;

  /** What the account is called that calls are made for, by people. */
  readonly accountName: string;
  /** A call as the request that goes out. @param digits 64 hexadecimal digits that stand where texts have `{n}` */
  buildRequest(call: Call, keys: Keys, digits: string): HttpRequest;
  /** A call's fields as they are sent. */
  fillFields(call: Call, digits: string): Fields;
  /** A request with nothing right in it: no credentials, no body, no required header. */
  hopelessRequest(keys: Keys): HttpRequest;
  /** The name of what a call creates or finds, or an answer holds; empty where there is none. */
  nameIn(fields: Fields | AnswerBody): string;
  /** The call differs from an ordinary one in its fields alone, so that a 400 to it is the documented one. */
  differsInFieldsAlone(call: Call): boolean;

  /** Whether a body is a whole accepted answer, whatever the status. */
  isAcceptedBody(answer: HttpAnswer): boolean;
  /** Whether an answer is that of a server that lets its caller in. */
  isLetIn(answer: HttpAnswer): boolean;
  /** What a refusal says, in the server's own words, and what they suggest. */
  refusalInWords(answer: HttpAnswer): string;
  /** Whether a body is a documented refusal, whatever the status. */
  isErrorBody(answer: HttpAnswer, compiled: Compiled): boolean;
  /** Checks the answer to an accepted call by every claim on such answers. */
  readAccepted(answer: HttpAnswer, asked: AskedFor, compiled: Compiled): Reading;
  /** Checks the answer to a call with a mistake. @param claim breaks when the call is accepted @param fields as sent */
  checkBadRequest(answer: HttpAnswer, claim: string, fields: Fields, compiled: Compiled): Flaw[];
  /** Checks the body of a documented refusal. */
  checkErrorBody(answer: HttpAnswer, compiled: Compiled): Flaw[];
  /**
   * Checks the answer to a call that must not be let in.
   * @param calls the case's calls so far @param known what earlier answers of the run told of its name
   */
  checkRefused(
    answer: HttpAnswer,
    claim: string,
    refused: CallRecord,
    calls: readonly CallRecord[],
    known: Readonly<Known> | undefined,
  ): Flaw[];
  /** Checks what must hold between answers; `undecided` where an answer lacks the value that is compared. */
  checkRelation(relation: Relation, answered: readonly AnsweredCall[], claim: string): Flaw | 'undecided' | undefined;

  /** What a customer is told apart by. */
  identityOf(value: AnswerBody): Identity;
  /** What a call sends to be stored: two calls with the same are answered with the same. */
  dataIn(fields: Fields): Fields;
  /** Two names that cannot be taken for one. */
  namesOther(one: string, other: string): boolean;
  /** The claims that break when answers of different calls do not go together. */
  readonly memoryClaims: {
    /** One name, two answers; told what the two calls sent. */
    readonly same: (before: Fields, now: Fields) => string;
    /** Two names, one id, or the data of the other. */
    readonly apart: string;
    readonly token: string;
    /** A refused call changed something. */
    readonly refusal: string;
  };

  /** What an open claim's case saw. @param name of the observation */
  observe(name: string, calls: readonly Observed[]): Observation;
  /** An observation as a sentence. */
  observationText(observation: Observation): string;

  /** The claim that breaks when a call that has to be accepted is refused, and nothing says why. */
  readonly acceptedClaim: string;
  /** The claim that breaks when a field comes back changed. */
  readonly changedClaim: string;
  /** The claim that breaks when it depends on how the same fields are written. */
  readonly spellingClaim: string;
  /** The claim that breaks when a call with a mistake gets no answer. */
  readonly errorClaim: string;
  /** The field that names a call, and the claim on its values. */
  readonly nameSuspect: Pick<Suspect, 'field' | 'claim'>;
  /** Fields that were sent and came back as something else. */
  changedIn(answer: HttpAnswer, fields: Fields): string[];
  /** What came back changed in the smallest call that shows it. */
  changeTold(
    smallest: Pick<CallRecord, 'fields' | 'outcome'>,
    field: string,
  ): Pick<Flaw, 'expected' | 'actual'> | undefined;
  /** A call that every server accepts. */
  readonly ordinaryCall: Call;
  /** Another one, that shares as little with it as can be. */
  readonly otherCall: Call;
  /** What may be the reason of a refusal, in the order in which it is tried. */
  readonly suspects: readonly Suspect[];
  /** By status: the claim that breaks when an ordinary call is refused with it. */
  readonly generalRefusals: Readonly<Record<number, string>>;
  /** The name that a diagnosis asks under: no call had it before. @param prefix what is asked, for whoever finds it later */
  renamed(fields: Fields, prefix: string): Fields;
  /** The one case that creates something where nothing else may. */
  readonly productionCase: string;
  /** Properties of an answer that hold what a person can be told by, and those that sound alike and do not. */
  readonly personal: { readonly properties: RegExp; readonly others: RegExp };
}
