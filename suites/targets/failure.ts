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
  /** The deadline of the attempt has passed: whatever broke, we broke it. */
  readonly timedOut: boolean;
}

interface Explanation {
  readonly text: string;
  /** It may be gone in a moment. */
  readonly passing: boolean;
}

const UNREACHABLE: Readonly<Record<string, Explanation>> = {
  ENOTFOUND: { text: 'the host name is not known; check JUSPAY_BASE_URL', passing: false },
  EAI_AGAIN: { text: 'the host name could not be looked up; check the network', passing: true },
  ECONNREFUSED: { text: 'nothing listens there; check JUSPAY_BASE_URL and the network', passing: true },
  EHOSTUNREACH: { text: 'the host cannot be reached; check the network', passing: true },
  ENETUNREACH: { text: 'the network cannot be reached; check the network', passing: true },
  ETIMEDOUT: { text: 'no connection; check the network and JUSPAY_BASE_URL', passing: true },
  UND_ERR_CONNECT_TIMEOUT: {
    text: 'no connection within the time limit; check the network, JUSPAY_BASE_URL and whether a proxy is needed (HTTPS_PROXY)',
    passing: true,
  },
};

const TLS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: "the server's certificate has expired; check the server, or this machine's clock",
  CERT_NOT_YET_VALID: "the server's certificate is not valid yet; check the server, or this machine's clock",
  ERR_TLS_CERT_ALTNAME_INVALID: "the server's certificate is for another host name; check JUSPAY_BASE_URL",
  ERR_SSL_WRONG_VERSION_NUMBER: 'the server does not speak TLS; check the port and the https of JUSPAY_BASE_URL',
  EPROTO: 'the server does not speak TLS that we speak; check the port and the https of JUSPAY_BASE_URL',
};

const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ECONNABORTED']);

/** What an error of the HTTP client means for the person who reads the report. */
export function explainFailure(thrown: unknown, { timeoutMs, ms, timedOut }: Circumstances): FailedAttempt {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const failed = (reason: HttpFailure['reason'], message: string, passing: boolean): FailedAttempt => {
    return { kind: 'failure', reason, message, ms, passing };
  };
  if (timedOut) return failed('timeout', `no whole answer within ${timeoutMs} ms`, false);
  const proxyStatus = /^Proxy response \((\d+)\)/.exec(error.message)?.[1];
  if (proxyStatus !== undefined) return failed('unreachable', explainProxy(proxyStatus), false);
  const code = codeOf(error);
  if (code === undefined) return failed('broken', error.message, false);
  const unreachable = UNREACHABLE[code];
  if (unreachable !== undefined) return failed('unreachable', `${code}: ${unreachable.text}`, unreachable.passing);
  if (BROKEN.has(code)) return failed('broken', `the connection broke (${code})`, true);
  if (isTlsFailure(code)) {
    const text = TLS[code] ?? "the server's certificate is not trusted; for a private CA set NODE_EXTRA_CA_CERTS";
    return failed('unreachable', `${code}: ${text}`, false);
  }
  return failed('broken', `${code}: ${error.message}`, false);
}

function explainProxy(status: string): string {
  return status === '407'
    ? 'the proxy wants credentials (407); put them into HTTPS_PROXY: http://user:password@proxy:port'
    : `the proxy did not connect us (${status}); check HTTPS_PROXY, or add the host to NO_PROXY`;
}

/** The innermost code: undici wraps what the system says. A host with several addresses fails with an error for each. */
function codeOf(error: Error): string | undefined {
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause;
  const innerCode = inner instanceof Error ? codeOf(inner) : undefined;
  return innerCode ?? ('code' in error && typeof error.code === 'string' ? error.code : undefined);
}

function isTlsFailure(code: string): boolean {
  return code === 'EPROTO' || /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code);
}
