import type { ProxyInUse } from '../settings/proxy.ts';
import type { HttpFailure } from './target.ts';

/** A failed attempt: no answer that can be judged. */
export interface FailedAttempt {
  readonly kind: 'failure';
  readonly reason: HttpFailure['reason'];
  readonly message: string;
  readonly ms: number;
  /** Worth a retry: the connection broke, apparently not on purpose. */
  readonly passing: boolean;
}

interface Circumstances {
  readonly timeoutMs: number;
  readonly ms: number;
  /** Our timeout caused the failure. */
  readonly timedOut: boolean;
  /** The proxy of all connections, if any. */
  readonly proxy: ProxyInUse | undefined;
  /** The server has answered before, so that the connection settings are right. */
  readonly reached: boolean;
}

/** By the system's error code: its meaning, and what to check if there is no proxy. */
const UNREACHABLE: Readonly<Record<string, readonly [text: string, check: string]>> = {
  ENOTFOUND: ['the host name is unknown', 'JUSPAY_BASE_URL'],
  EAI_AGAIN: ['the host name could not be resolved', 'the network'],
  ECONNREFUSED: ['nothing listens there', 'JUSPAY_BASE_URL and the network'],
  EHOSTUNREACH: ['the host cannot be reached', 'the network'],
  ENETUNREACH: ['the network cannot be reached', 'the network'],
  ETIMEDOUT: ['no connection', 'the network and JUSPAY_BASE_URL'],
  UND_ERR_CONNECT_TIMEOUT: [
    'no connection within the time limit',
    'the network, JUSPAY_BASE_URL and whether a proxy is needed (HTTPS_PROXY)',
  ],
};

/** The only one that waiting does not fix. */
const LASTING = 'ENOTFOUND';

const CLIENT_CERTIFICATE = 'a client certificate, which this suite cannot present';

/** By OpenSSL's code, first match wins. Alerts come from the server, all others from this machine. */
const TLS: readonly (readonly [RegExp, string])[] = [
  [/^CERT_HAS_EXPIRED/, "the server's certificate has expired; check the server, or this machine's clock"],
  [/^CERT_NOT_YET_VALID/, "the server's certificate is not valid yet; check the server, or this machine's clock"],
  [/ALTNAME_INVALID|HOSTNAME_MISMATCH/, "the server's certificate is for another host name; check JUSPAY_BASE_URL"],
  [
    /ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|UNSAFE_LEGACY|_TOO_(?:SMALL|WEAK)/,
    "the server's TLS is too old for Node.js; it needs TLS 1.2 or 1.3 with keys of a current size",
  ],
  [/NO_APPLICATION_PROTOCOL/, 'the server does not offer HTTP/1.1 (by ALPN), the only protocol of this suite'],
  [
    /ALERT_(?:CERTIFICATE_REQUIRED|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN|UNKNOWN_CA)/,
    `the server requires ${CLIENT_CERTIFICATE}`,
  ],
  [
    /ALERT_(?:HANDSHAKE_FAILURE|INSUFFICIENT_SECURITY)/,
    `the server accepts none of Node.js's ciphers, or requires ${CLIENT_CERTIFICATE}`,
  ],
  [/UNRECOGNI[SZ]ED_NAME/, 'the server does not know the host name; check JUSPAY_BASE_URL'],
  [/ALERT_/, 'the server aborted the TLS handshake; its log should say why'],
  [
    /WRONG_VERSION_NUMBER|PACKET_LENGTH_TOO_LONG|HTTP_REQUEST|^EPROTO/,
    'the server does not speak TLS; check the port and the https of JUSPAY_BASE_URL',
  ],
  [
    /CERT|SELF_SIGNED|UNABLE_TO_|_CA$/,
    "the server's certificate is not trusted; for a private CA set NODE_EXTRA_CA_CERTS",
  ],
  [/^ERR_(?:TLS|SSL)/, 'no TLS connection could be made; check JUSPAY_BASE_URL'],
];

/** undici's error for an answer that is not HTTP. */
const PARSER = /does not match the HTTP/;

const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ECONNABORTED']);

/** Explains an error of the HTTP client to the reader of the report. */
export function explainFailure(
  thrown: unknown,
  { timeoutMs, ms, timedOut, proxy, reached }: Circumstances,
): FailedAttempt {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const named = proxy === undefined ? '' : `the proxy of ${proxy.variable} (${proxy.host})`;
  const through = proxy === undefined || reached ? '' : `, through ${named}: the cause may be the proxy`;
  const failed = (reason: HttpFailure['reason'], message: string, passing: boolean): FailedAttempt => {
    return { kind: 'failure', reason, message, ms, passing };
  };
  if (timedOut) return failed('timeout', `no complete answer within ${timeoutMs} ms${through}`, false);
  const proxyStatus = /^Proxy response \((\d+)\)/.exec(error.message)?.[1];
  if (proxyStatus !== undefined) return failed('unreachable', `${named} ${refusalOf(proxyStatus)}`, false);
  const inner = innermost(error);
  const { code = '' } = inner;
  const [text, toCheck] = (Object.hasOwn(UNREACHABLE, code) ? UNREACHABLE[code] : undefined) ?? [];
  if (text !== undefined) {
    // With a proxy, only the proxy connects to the server.
    const what =
      proxy === undefined ? `${text}; check ${toCheck}` : `${text}, where ${named} should be; check ${proxy.variable}`;
    return failed('unreachable', `${code}: ${what}`, code !== LASTING);
  }
  if (BROKEN.has(code))
    return failed('broken', `the connection broke (${code})${reached ? '' : hintOf(inner)}${through}`, true);
  const tls = TLS.find(([pattern]) => pattern.test(code))?.[1];
  if (tls !== undefined) return failed('unreachable', `${code}: ${tls}${through}`, false);
  const check = !reached && PARSER.test(inner.message) ? '; check JUSPAY_BASE_URL, its port, and http or https' : '';
  return failed('broken', `${code === '' ? '' : `${code}: `}${inner.message}${check}${through}`, false);
}

function refusalOf(status: string): string {
  return status === '407'
    ? 'requires credentials (407); add them to its URL: http://user:password@proxy:port'
    : `refused the connection (${status}); check that it allows the host, or add the host to NO_PROXY`;
}

/** Likely causes of a connection that broke before any answer. */
function hintOf({ message, socket }: Coded): string {
  if (message.includes('before secure TLS'))
    return ' in the TLS handshake; check the port and the https of JUSPAY_BASE_URL';
  return socket?.bytesRead === 0
    ? ` before any answer: a firewall, the wrong protocol (http or https), or a server that requires ${CLIENT_CERTIFICATE}`
    : '';
}

interface Coded extends Error {
  readonly code?: string;
  /** undici's statistics of the broken connection. */
  readonly socket?: { readonly bytesRead?: number };
}

/** The innermost error with a code. undici wraps system errors, and a host with several addresses has one error for each. */
function innermost(error: Coded): Coded {
  const cause: unknown = error instanceof AggregateError ? error.errors[0] : error.cause;
  const inner = cause instanceof Error ? innermost(cause) : undefined;
  return inner?.code === undefined ? error : inner;
}
