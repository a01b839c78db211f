import type { Call } from '../cases/case.ts';
import { CREDENTIALS_IN_WORDS } from '../cases/credentials.ts';
import type { HttpOutcome, HttpRequest } from '../targets/target.ts';
import type { Exchange } from './result.ts';

/** A call with its outcome. */
export interface AskedCall {
  readonly call: Call;
  /** As sent, decoded. */
  readonly fields: Readonly<Record<string, string>>;
  readonly request: HttpRequest;
  readonly outcome: HttpOutcome;
}

/** A call made while judging its case. */
export interface CallRecord extends Omit<AskedCall, 'outcome'> {
  readonly step: number;
  /** The answer that counts; after a repetition for lack of an answer, the second one. */
  outcome: HttpOutcome;
  /** Index into the case's exchanges. */
  readonly exchange: number;
  /** The body of an accepted call. */
  value?: Readonly<Record<string, unknown>>;
  /** For repeated names: the body with the values that most clients do not read. */
  others?: readonly Readonly<Record<string, unknown>>[];
}

/** Maximum characters of a body to keep. */
const BODY_LIMIT = 16_384;

/** The call as kept for reports, with a description instead of the credentials. */
export function recordOf(
  label: string,
  { step, call, request, outcome }: Omit<AskedCall, 'fields'> & { readonly step?: number },
): Exchange {
  const { authorization: _, ...headers } = request.headers;
  const base = {
    step: label,
    ...(step === undefined ? {} : { stepIndex: step }),
    request: { ...request, headers },
    credentials: call.credentials ?? 'right',
    credentialsInWords: CREDENTIALS_IN_WORDS[call.credentials ?? 'right'],
    retried: outcome.retried,
    ...((outcome.earlier ?? []).length === 0 ? {} : { earlier: outcome.earlier }),
    ...(outcome.sentAt === undefined ? {} : { sentAt: outcome.sentAt }),
    ms: outcome.ms,
  };
  if (outcome.kind === 'failure') return { ...base, failure: { reason: outcome.reason, message: outcome.message } };
  const text = new TextDecoder().decode(outcome.body.subarray(0, BODY_LIMIT * 4));
  const body = text.length > BODY_LIMIT ? `${text.slice(0, BODY_LIMIT)}…` : text;
  return { ...base, response: { status: outcome.status, headers: outcome.headers, body } };
}
