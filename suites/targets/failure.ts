import type { ProxyInUse } from '../settings/proxy.ts';
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
  /** What every connection goes to in place of the server. */
  readonly proxy: ProxyInUse | undefined;
  /** The server has answered before: how it is reached is not what is wrong. */
  readonly reached: boolean;
}

/** By the system's code: what it says, and what to check where no proxy stands between. */
const UNREACHABLE = new Map<string, { readonly text: string; readonly check: string }>(
  Object.entries({
    ENOTFOUND: { text: 'the host name is not known', check: 'JUSPAY_BASE_URL' },
    EAI_AGAIN: { text: 'the host name could not be looked up', check: 'the network' },
    ECONNREFUSED: { text: 'nothing listens there', check: 'JUSPAY_BASE_URL and the network' },
    EHOSTUNREACH: { text: 'the host cannot be reached', check: 'the network' },
    ENETUNREACH: { text: 'the network cannot be reached', check: 'the network' },
    ETIMEDOUT: { text: 'no connection', check: 'the network and JUSPAY_BASE_URL' },
    UND_ERR_CONNECT_TIMEOUT: {
      text: 'no connection within the time limit',
      check: 'the network, JUSPAY_BASE_URL and whether a proxy is needed (HTTPS_PROXY)',
    },
  }),
);

/** The one that does not pass by waiting. */
const LASTING = 'ENOTFOUND';

const CLIENT_CERTIFICATE = 'a client certificate, which this suite cannot present';

/** By OpenSSL's code, the first that fits: an alert is what the server says, everything else is what this machine finds. */
const TLS: readonly (readonly [RegExp, string])[] = [
  [/^CERT_HAS_EXPIRED/, "the server's certificate has expired; check the server, or this machine's clock"],
  [/^CERT_NOT_YET_VALID/, "the server's certificate is not valid yet; check the server, or this machine's clock"],
  [/ALTNAME_INVALID|HOSTNAME_MISMATCH/, "the server's certificate is for another host name; check JUSPAY_BASE_URL"],
  [
    /ALERT_PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL|UNSAFE_LEGACY|_TOO_(?:SMALL|WEAK)/,
    "the server's TLS is older than Node.js takes; it has to offer TLS 1.2 or 1.3 with keys of today",
  ],
  [/NO_APPLICATION_PROTOCOL/, 'the server does not offer HTTP/1.1 (by ALPN), and this suite speaks nothing else'],
  [
    /ALERT_(?:CERTIFICATE_REQUIRED|BAD_CERTIFICATE|CERTIFICATE_UNKNOWN|UNKNOWN_CA)/,
    `the server wants ${CLIENT_CERTIFICATE}`,
  ],
  [
    /ALERT_(?:HANDSHAKE_FAILURE|INSUFFICIENT_SECURITY)/,
    `the server takes none of the ciphers that Node.js offers, or wants ${CLIENT_CERTIFICATE}`,
  ],
  [/UNRECOGNI[SZ]ED_NAME/, 'the server does not know the host name; check JUSPAY_BASE_URL'],
  [/ALERT_/, 'the server broke off the TLS handshake; its log says why'],
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

/** What the client says where another protocol is spoken. */
const PARSER = /does not match the HTTP/;

const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ECONNABORTED']);

/** What an error of the HTTP client means for the person who reads the report. */
export function explainFailure(
  thrown: unknown,
  { timeoutMs, ms, timedOut, proxy, reached }: Circumstances,
): FailedAttempt {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const named = proxy === undefined ? '' : `the proxy of ${proxy.variable} (${proxy.host})`;
  const through = proxy === undefined || reached ? '' : `, through ${named}: it may be what fails`;
  const failed = (reason: HttpFailure['reason'], message: string, passing: boolean): FailedAttempt => {
    return { kind: 'failure', reason, message, ms, passing };
  };
  if (timedOut) return failed('timeout', `no whole answer within ${timeoutMs} ms${through}`, false);
  const proxyStatus = /^Proxy response \((\d+)\)/.exec(error.message)?.[1];
  if (proxyStatus !== undefined) return failed('unreachable', `${named} ${refusalOf(proxyStatus)}`, false);
  const inner = innermost(error);
  const { code = '' } = inner;
  const unreachable = UNREACHABLE.get(code);
  if (unreachable !== undefined) {
    const { text, check } = unreachable;
    // The server itself is the proxy's to reach.
    const what =
      proxy === undefined ? `${text}; check ${check}` : `${text}, where ${named} should be; check ${proxy.variable}`;
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
    ? 'wants credentials (407); put them into it: http://user:password@proxy:port'
    : `did not connect us (${status}); check whether it lets the host through, or add the host to NO_PROXY`;
}

/** What a connection that broke before anything came of it suggests. */
function hintOf({ message, socket }: Coded): string {
  if (message.includes('before secure TLS'))
    return ' in the TLS handshake; check the port and the https of JUSPAY_BASE_URL';
  return socket?.bytesRead === 0
    ? ` before a byte of an answer: a firewall, another protocol (http or https), or a server that wants ${CLIENT_CERTIFICATE}`
    : '';
}

interface Coded extends Error {
  readonly code?: string;
  /** undici's, of the connection that broke. */
  readonly socket?: { readonly bytesRead?: number };
}

/** The innermost error that has a code: undici wraps what the system says. A host with several addresses fails with an error for each. */
function innermost(error: Coded): Coded {
  const cause: unknown = error instanceof AggregateError ? error.errors[0] : error.cause;
  const inner = cause instanceof Error ? innermost(cause) : undefined;
  return inner?.code === undefined ? error : inner;
}
