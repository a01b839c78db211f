import { messageOf, SetupError } from '../../spec/setup-error.ts';
import { readText } from '../../spec/text-file.ts';
import { ACCOUNT } from '../judge/customer/request.ts';
import type { HttpOutcome, HttpRequest, Origin } from '../targets/target.ts';
import { bytesOf, countOf, headersOf, membersOf, parseHar } from './har.ts';
import { keyOf, type RecordedEntry, type RecordedRun } from './recorded-run.ts';
import { unmaskTokens } from './recorded-tokens.ts';

/** The exchanges of an earlier run. */
export interface Recording {
  readonly run: RecordedRun;
  /** What the run explained by further calls: the steps of its diagnosis, in the order of the file. */
  readonly explained: readonly string[];
  /**
   * What came back then.
   * @param request as a recording writes it
   * @returns a failure `not-recorded` where nothing was asked then, or something else
   */
  find(request: HttpRequest, origin: Origin): HttpOutcome;
}

/**
 * Reads a recording from its file.
 * @throws SetupError with the file's name where it cannot be read or is no recording of this suite
 */
export function readRecording(file: string): Recording {
  const text = readText(file);
  try {
    return parseRecording(text);
  } catch (thrown) {
    throw new SetupError(`${file}: ${messageOf(thrown)}`);
  }
}

/** Reads a recording. @throws SetupError where the text is no recording of this suite */
export function parseRecording(text: string): Recording {
  const { log } = parseHar(text);
  if (!('_recording' in log)) {
    throw new SetupError(
      'it is a HAR but no recording of this suite (no "log._recording"); npm run grade reads any HAR',
    );
  }
  const run = checkRun(log._recording);
  const entries = new Map<string, RecordedEntry>();
  for (const [index, entry] of log.entries.entries()) {
    const key = keyOf(originOf(entry, index));
    if (entries.has(key)) throw new SetupError(`entry ${index} has the _case, _step and _position of an earlier one`);
    entries.set(key, entry as RecordedEntry);
  }
  const unwritable = new Set(run.unwritable);
  const steps = [...entries.values()].filter(({ _case }) => _case === 'diagnosis').map(({ _step }) => _step);
  return {
    run,
    explained: [...new Set(steps)].filter((step) => step.startsWith('{')),
    find(request, origin) {
      const entry = entries.get(keyOf(origin));
      if (entry !== undefined && isSame(request, entry, run.baseUrl)) return outcomeOf(entry, run);
      if (entry !== undefined) return notRecorded('not recorded: the case asked something else when this was recorded');
      return notRecorded(
        unwritable.has(origin.case)
          ? `not recorded: its request holds the key or the ${ACCOUNT.name}, which a recording must not`
          : 'not recorded',
      );
    },
  };
}

const SHA256 = /^[0-9a-f]{64}$/;
/** A host may hold the account, which is masked then. */
const HOST = /^[\w.:[\] -]{1,300}$/;

function hasText(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && name in value && typeof Reflect.get(value, name) === 'string';
}

function isTime(value: unknown): boolean {
  const isWritten = typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/.test(value);
  return isWritten && !Number.isNaN(Date.parse(value));
}

function checkRun(value: unknown): RecordedRun {
  const run = (typeof value === 'object' && value !== null ? value : {}) as Partial<RecordedRun>;
  if (run.format !== 1) throw new SetupError(`the recording has the format ${String(run.format)}; this suite reads 1`);
  const { recorded, host, baseUrl, contract, nonce, headers = [], tokens, unwritable } = run;
  const texts = [baseUrl, nonce];
  // The others stand in every report, whose schema they have to meet.
  const isWhole = isTime(recorded) && HOST.test(String(host)) && SHA256.test(String(contract?.sha256));
  if (texts.some((text) => typeof text !== 'string') || !isWhole) {
    throw new SetupError(
      '"log._recording" lacks recorded, host, baseUrl, nonce or contract, or one of them is malformed',
    );
  }
  const isHeader = (one: unknown) => hasText(one, 'name') && hasText(one, 'value');
  if (!Array.isArray(headers) || !headers.every(isHeader))
    throw new SetupError('"log._recording.headers" is malformed');
  if (!Array.isArray(tokens) || !Array.isArray(unwritable)) {
    throw new SetupError('"log._recording" lacks the list tokens or unwritable');
  }
  return run as RecordedRun;
}

function originOf(entry: unknown, index: number): Origin {
  const { _case, _step, _position, request, response } = membersOf(entry) as Partial<RecordedEntry>;
  const found = typeof _case === 'string' && typeof _step === 'string' && typeof _position === 'number';
  if (!found || request?.postData?.text === undefined || typeof response?.status !== 'number') {
    throw new SetupError(`entry ${index} lacks _case, _step, _position, the request's body or the status`);
  }
  return { case: _case, step: _step, position: _position };
}

function isSame(asked: HttpRequest, { request }: RecordedEntry, baseUrl: string): boolean {
  const plain = ({ method, path, headers, body }: HttpRequest) =>
    JSON.stringify([method, path, Object.entries(headers).sort(), body]);
  const recorded: HttpRequest = {
    method: request.method,
    path: request.url.startsWith(baseUrl) ? request.url.slice(baseUrl.length) : request.url,
    headers: headersOf(request.headers),
    body: request.postData?.text ?? '',
  };
  return plain(asked) === plain(recorded);
}

function outcomeOf({ response, time, _retried = [], _failure }: RecordedEntry, { tokens }: RecordedRun): HttpOutcome {
  const base = { retried: _retried, ms: time };
  if (_failure !== undefined) return { kind: 'failure', ..._failure, ...base };
  const headers = headersOf(response.headers);
  for (const [name, value] of Object.entries(headers)) headers[name] = unmaskTokens(value, tokens);
  const content = membersOf(response.content);
  const body = bytesOf(content, countOf(content['size']));
  if (body === undefined) return notRecorded("not recorded: the answer's body is not in the file");
  return { kind: 'answer', status: response.status, headers, body: unmaskBody(body, tokens), ...base };
}

/** Byte by byte, since a body need not be UTF-8; placeholders and made-up tokens are ASCII. */
function unmaskBody(body: Uint8Array, tokens: RecordedRun['tokens']): Uint8Array {
  return new Uint8Array(Buffer.from(unmaskTokens(Buffer.from(body).toString('latin1'), tokens), 'latin1'));
}

function notRecorded(message: string): HttpOutcome {
  return { kind: 'failure', reason: 'not-recorded', message, retried: [], ms: 0 };
}
