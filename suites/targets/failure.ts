import type { HttpFailure } from './target.ts';

/** A failed attempt: nothing that could be judged came back. */
export interface FailedAttempt {
  readonly kind: 'failure';
  readonly reason: HttpFailure['reason'];
  readonly message: string;
  readonly ms: number;
  /** A repetition may fare better: the connection broke, and nothing says that the server means it. */
  readonly passing: boolean;
}

interface Circumstances {
  readonly timeoutMs: number;
  readonly ms: number;
}

const UNREACHABLE: Readonly<Record<string, string>> = {
  ENOTFOUND: 'the host name is not known; check JUSPAY_BASE_URL',
  EAI_AGAIN: 'the host name could not be looked up; check the network',
  ECONNREFUSED: 'nothing listens there; check JUSPAY_BASE_URL',
  EHOSTUNREACH: 'the host cannot be reached; check the network',
  ENETUNREACH: 'the network cannot be reached',
  UND_ERR_CONNECT_TIMEOUT: 'no connection within the time limit; check the network and JUSPAY_BASE_URL',
};

const PASSING = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ECONNABORTED']);

/** What an error of the HTTP client means for the person who reads the report. */
export function explainFailure(thrown: unknown, { timeoutMs, ms }: Circumstances): FailedAttempt {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const cause = error.cause instanceof Error ? error.cause : error;
  const code = codeOf(error) ?? codeOf(cause);
  if (error.name === 'TimeoutError' || error.name === 'AbortError') {
    return failed('timeout', `no whole answer within ${timeoutMs} ms`, ms, false);
  }
  if (code !== undefined && code in UNREACHABLE) {
    return failed('unreachable', `${code}: ${UNREACHABLE[code]}`, ms, false);
  }
  if (code !== undefined && PASSING.has(code)) return failed('broken', `the connection broke (${code})`, ms, true);
  if (isTlsFailure(code)) {
    return failed(
      'unreachable',
      `${code}: the server's certificate is not trusted; for a private CA set NODE_EXTRA_CA_CERTS`,
      ms,
      false,
    );
  }
  return failed('broken', code === undefined ? error.message : `${code}: ${error.message}`, ms, false);
}

function failed(reason: HttpFailure['reason'], message: string, ms: number, passing: boolean): FailedAttempt {
  return { kind: 'failure', reason, message, ms, passing };
}

function codeOf(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function isTlsFailure(code: string | undefined): boolean {
  return code !== undefined && /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code);
}
