import type { ExtraHeader } from '../settings/headers.ts';
import type { Need, NoLease } from './admission.ts';

/** A request as sent. */
export interface HttpRequest {
  readonly method: string;
  /** Relative to the target's base URL. */
  readonly path: string;
  /** Names in lowercase; a line break separates the values of a repeated header. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An attempt that did not count and was retried. */
export interface EarlierAttempt {
  /** When it left our queue, on this process's monotonic clock; milliseconds. */
  readonly sentAt: number;
  readonly ms: number;
  /** If there was an answer: 429, 502, 503 or 504. */
  readonly status?: number;
}

/** What is known of any request that was made. */
interface Made {
  /** Why earlier attempts at the request did not count; empty if the first one did. */
  readonly retried: readonly string[];
  /** The same attempts with times. */
  readonly earlier?: readonly EarlierAttempt[];
  /** When the attempt that counts left; see EarlierAttempt. Unknown in a recording. */
  readonly sentAt?: number;
  /** From sending to the last byte of the attempt that counts, without our queue. */
  readonly ms: number;
}

/** An answer as received, with only its content coding decoded. */
export interface HttpAnswer extends Made {
  readonly kind: 'answer';
  readonly status: number;
  /** Names in lowercase; repeated headers are joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** No answer that can be judged. */
export interface HttpFailure extends Made {
  readonly kind: 'failure';
  readonly reason: 'timeout' | 'unreachable' | 'broken' | 'unavailable' | 'stopped' | 'not-recorded';
  /** What happened, for the report. */
  readonly message: string;
  /** With `unavailable`: the status of the last attempt, if it was answered. */
  readonly status?: number;
}

export type HttpOutcome = HttpAnswer | HttpFailure;

/** A case's share of a target with limits. */
export interface Lease {
  readonly kind: 'granted';
  /** Calls made in the same microtask leave together, as far as the limits allow. */
  readonly target: Target;
  /** Returns what was not used. @returns how many customers the case may have created */
  end(): number;
}

/** Identifies a request in a recording, because order and time differ between runs. */
export interface Origin {
  /** Case id, or `diagnosis` for requests that explain a refusal. */
  readonly case: string;
  /** The step's label; for a diagnosis, what it explains. */
  readonly step: string;
  /** Index of the request in the case or the explanation, in the order of sending; from 0. */
  readonly position: number;
}

/** Credentials of a target. */
export interface Keys {
  readonly apiKey: string;
  readonly account: string;
  /** Headers that every call has in addition to the documented ones. */
  readonly headers?: readonly ExtraHeader[];
}

/** What a target with limits needs to know about the operation. */
export interface AskedOperation {
  /**
   * A call for the customer of requests outside of cases.
   * @param digits 64 hexadecimal digits, for another customer
   */
  ordinaryRequest(keys: Keys, digits?: string): HttpRequest;
  /** The reference of the customer that a request could create; an unreadable body itself; empty for none. */
  namedIn(request: HttpRequest): string;
  /** When the customer in an answer was created, in milliseconds since 1970; undefined if unknown. */
  createdIn(body: Uint8Array): number | undefined;
}

/**
 * What cases are sent to: the mock, a live base URL, or a recording. Cases do not know which; the judge only waits if it is
 * live.
 */
export interface Target extends Keys {
  readonly kind: 'mock' | 'live' | 'replay';
  /** Host and port, the only part of the URL shown in reports. */
  readonly host: string;
  /** Maximum concurrent calls; undefined for no limit. */
  readonly atOnce?: number;
  /** For a recording: what its run explained by further calls, as named by the diagnosis. */
  readonly explained?: readonly string[];
  /** For a recording: the nonce in its customers' references, to send the same requests. */
  readonly nonce?: string;
  /** Never throws because of the network or the server; limited in time and size. */
  send(request: HttpRequest, origin?: Origin): Promise<HttpOutcome>;
  /** For a target with limits: waits for the case's turn. */
  lease?(need: Need): Promise<Lease | NoLease>;
  close(): Promise<void>;
}

/** The same target with another way of sending, also within leases. @param around gets the way of the inner target */
export function withSending(target: Target, around: (send: Target['send']) => Target['send']): Target {
  const { lease } = target;
  const sending = { ...target, send: around((request, origin) => target.send(request, origin)) };
  if (lease === undefined) return sending;
  return {
    ...sending,
    async lease(need) {
      const granted = await lease(need);
      return granted.kind === 'refused' ? granted : { ...granted, target: withSending(granted.target, around) };
    },
  };
}
