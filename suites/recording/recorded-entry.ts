import type { HttpOutcome, HttpRequest, Origin } from '../targets/target.ts';

/** An exchange as kept while recording. */
export interface Kept {
  readonly origin: Origin;
  readonly request: HttpRequest;
  readonly outcome: HttpOutcome;
  readonly started: Date;
  /** Size of an answer that is too large to keep; its body is then empty here. */
  readonly leftOut: number;
}

export type Mask = (text: string) => string;

/** A recorded exchange: a HAR entry with the origin of its request, and why there was no answer, or no earlier one. */
export type RecordedEntry = ReturnType<typeof entryOf>;

/** Headers of an answer that are secret, and that no verdict depends on. */
const SECRET_HEADERS = new Set(['set-cookie', 'set-cookie2', 'authorization', 'proxy-authenticate']);

/** The HAR entry of an exchange, whose request is masked already. */
export function entryOf({ origin, request, outcome, started, leftOut }: Kept, baseUrl: string, mask: Mask) {
  const time = Math.round(outcome.ms * 100) / 100;
  return {
    startedDateTime: started.toISOString(),
    time,
    request: {
      method: request.method,
      url: mask(`${baseUrl}${request.path}`),
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: listOf(request.headers),
      queryString: [],
      postData: { mimeType: request.headers['content-type'] ?? '', text: request.body },
      headersSize: -1,
      bodySize: Buffer.byteLength(request.body),
    },
    response: responseOf(outcome, mask, leftOut),
    cache: {},
    timings: { send: 0, wait: time, receive: 0 },
    _case: origin.case,
    _step: origin.step,
    _position: origin.position,
    ...(outcome.retried.length === 0 ? {} : { _retried: outcome.retried.map(mask) }),
    ...(outcome.kind === 'answer' ? {} : { _failure: { reason: outcome.reason, message: mask(outcome.message) } }),
  };
}

function responseOf(outcome: HttpOutcome, mask: Mask, leftOut: number) {
  const base = { statusText: '', httpVersion: 'HTTP/1.1', cookies: [], redirectURL: '', headersSize: -1, bodySize: -1 };
  if (outcome.kind === 'failure') return { ...base, status: 0, headers: [], content: { size: 0, mimeType: '' } };
  const { text, encoding } = textOf(outcome.body);
  const masked = mask(text);
  const headers = Object.entries(outcome.headers).map(([name, value]): [string, string] => [
    mask(name),
    SECRET_HEADERS.has(name) ? '[masked]' : mask(value),
  ]);
  return {
    ...base,
    status: outcome.status,
    headers: listOf(Object.fromEntries(headers)),
    content: {
      size: leftOut || Buffer.byteLength(masked, encoding),
      mimeType: mask(outcome.headers['content-type'] ?? ''),
      ...(leftOut > 0
        ? { comment: 'omitted: the recording would be too large' }
        : encoding === 'utf8'
          ? { text: masked }
          : { text: Buffer.from(masked, 'latin1').toString('base64'), encoding: 'base64' }),
    },
  };
}

/** Bytes as text that can be masked and converted back: one character per byte if they are not UTF-8. */
export function textOf(body: Uint8Array): { readonly text: string; readonly encoding: 'utf8' | 'latin1' } {
  const bytes = Buffer.from(body);
  const text = bytes.toString('utf8');
  return Buffer.from(text).equals(bytes)
    ? { text, encoding: 'utf8' }
    : { text: bytes.toString('latin1'), encoding: 'latin1' };
}

function listOf(headers: Readonly<Record<string, string>>) {
  return Object.entries(headers).map(([name, value]) => ({ name, value }));
}
