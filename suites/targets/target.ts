import type { ExtraHeader } from '../settings/headers.ts';
import type { Need } from './admission.ts';

/** A request as it goes out. */
export interface HttpRequest {
  readonly method: string;
  /** Below the target's base URL. */
  readonly path: string;
  /** Names in lowercase; a header that is sent more than once has a line break between its values. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An attempt that did not count and was repeated. */
export interface EarlierAttempt {
  /** When it left, after our own queue: milliseconds on this process's own clock, which only goes forward. */
  readonly sentAt: number;
  readonly ms: number;
  /** Where it was answered: 429, 502, 503 or 504. */
  readonly status?: number;
}

/** An answer as it came: nothing decoded but its content coding. */
export interface HttpAnswer {
  readonly kind: 'answer';
  readonly status: number;
  /** Names in lowercase; a header that came twice is joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** Why earlier attempts at the same request did not count; empty where the first one did. */
  readonly retried: readonly string[];
  /** The same attempts with their times. */
  readonly earlier?: readonly EarlierAttempt[];
  /** When the attempt that counts left; as in EarlierAttempt. Not known of a recording. */
  readonly sentAt?: number;
  /** From sending to the last byte, of the attempt that counts; our own queue is not in it. */
  readonly ms: number;
}

/** No answer came that could be judged. */
export interface HttpFailure {
  readonly kind: 'failure';
  readonly reason: 'timeout' | 'unreachable' | 'broken' | 'unavailable' | 'stopped' | 'not-recorded';
  /** What happened, for a person. */
  readonly message: string;
  /** Of `unavailable`: the status of the last attempt, where it was answered. */
  readonly status?: number;
  readonly retried: readonly string[];
  readonly earlier?: readonly EarlierAttempt[];
  readonly sentAt?: number;
  readonly ms: number;
}

export type HttpOutcome = HttpAnswer | HttpFailure;

/** What one case may use of a target that has bounds. */
export interface Lease {
  readonly kind: 'granted';
  /** The calls that are handed to it in one go leave together, as many of them as the bounds allow. */
  readonly target: Target;
  /** Gives back what was not used. @returns how many customers the case may have created */
  end(): number;
}

/** A case that must not begin: it would need more than what is left, or the run has stopped. */
export interface NoLease {
  readonly kind: 'refused';
  readonly reason: string;
  /** The run ends before it was finished; false where the case alone cannot be judged so. */
  readonly stopped: boolean;
}

/** What a run has used up so far, where another part of it goes on. */
export interface Spent {
  readonly requests: number;
  readonly customers: number;
}

/** Who asks: what a recording knows a request by, since neither order nor time is the same in two runs. */
export interface Origin {
  /** Case id, or `diagnosis` for requests that explain a refusal. */
  readonly case: string;
  /** The step's label; for a diagnosis, what is explained. */
  readonly step: string;
  /** Which request of the case it is, or of the explanation; from 0, in the order in which they are made. */
  readonly position: number;
}

/** What a target lets its callers in by. */
export interface Keys {
  readonly apiKey: string;
  readonly account: string;
  /** Headers that every call carries beside those of the documentation. */
  readonly headers?: readonly ExtraHeader[];
}

/** What a target with limits has to know of the operation that it is asked for. */
export interface AskedOperation {
  /**
   * A call of the one customer that is met whenever a target is asked apart from a case.
   * @param digits 64 hexadecimal ones, of another customer
   */
  ordinaryRequest(keys: Keys, digits?: string): HttpRequest;
  /** The name of what a request could create; a body of another kind stands for itself; empty where it names nothing. */
  namedIn(request: HttpRequest): string;
  /** When what an answer holds was created, in milliseconds since 1970; undefined where that cannot be told. */
  createdIn(body: Uint8Array): number | undefined;
}

/** What cases are asked of: the mock, a live base URL, or a recording. Neither cases nor the judge know which. */
export interface Target extends Keys {
  readonly kind: 'mock' | 'live' | 'replay';
  /** Host and port alone; what reports may show. */
  readonly host: string;
  /** Calls that it lets be under way at the same time; undefined for as many as there are. */
  readonly atOnce?: number;
  /** For a recording: what its run explained by further calls, as its diagnosis names it. */
  readonly explained?: readonly string[];
  /** For a recording: the nonce that its new customers are named after, so that the same requests are asked again. */
  readonly nonce?: string;
  /** Never throws for what the network or the server does; bounded in time and in size. */
  send(request: HttpRequest, origin?: Origin): Promise<HttpOutcome>;
  /** For a target with bounds: waits for a case's turn, before it sends anything. */
  lease?(need: Need): Promise<Lease | NoLease>;
  close(): Promise<void>;
}
