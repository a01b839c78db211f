import { complaints, inFull } from '../../spec/check-value.ts';
import { messageOf, SetupError } from '../../spec/setup-error.ts';
import { readText } from '../../spec/text-file.ts';
import { ACCOUNT } from '../judge/customer/request.ts';
import type { HttpOutcome, HttpRequest, Origin, Target } from '../targets/target.ts';
import { parseHar } from './har.ts';
import { bytesOf, countOf, headersOf, membersOf } from './har-members.ts';
import type { RecordedEntry } from './recorded-entry.ts';
import { keyOf, type RecordedRun, type RecordingHar } from './recorded-run.ts';
import { unmaskTokens } from './recorded-tokens.ts';
import { requestWriter } from './written-request.ts';

/** The exchanges of an earlier run. */
export interface Recording {
  readonly run: RecordedRun;
  /** What the run explained by further calls: the steps of its diagnosis, in file order. */
  readonly explained: readonly string[];
  /**
   * The recorded outcome.
   * @param request as a recording writes it
   * @returns a failure `not-recorded` if this request was not recorded
   */
  find(request: HttpRequest, origin: Origin): HttpOutcome;
}

/**
 * Reads a recording from a file.
 * @throws SetupError with the file's name if it cannot be read or is not a recording of this suite
 */
export function readRecording(file: string): Recording {
  const text = readText(file);
  try {
    return parseRecording(text);
  } catch (thrown) {
    throw new SetupError(`${file}: ${messageOf(thrown)}`);
  }
}

const TEXT = { type: 'string', description: 'a text' };
const COUNT = { type: 'integer', minimum: 0, description: 'a whole number' };

function object(properties: Readonly<Record<string, object>>, optional: readonly string[] = []) {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', description: `an object with ${required.join(', ')}`, required, properties };
}

function list(items: object) {
  return { type: 'array', description: 'a list', items };
}

/** What is read of a recording. Host, time and contract must fit the report's schema. */
const SCHEMA = object({
  log: object({
    _recording: object(
      {
        format: { const: 1, description: '1, the only format that this suite reads' },
        recorded: { type: 'string', format: 'date-time', pattern: 'Z$', description: 'a time in UTC' },
        // It may contain the masked account.
        host: { type: 'string', pattern: '^[\\w.:[\\] -]{1,300}$', description: 'a host' },
        baseUrl: TEXT,
        contract: object({
          version: TEXT,
          sha256: { type: 'string', pattern: '^[0-9a-f]{64}$', description: '64 hexadecimal digits' },
        }),
        nonce: TEXT,
        headers: list(object({ name: TEXT, value: TEXT, secret: { type: 'boolean', description: 'true or false' } })),
        tokens: list(object({ from: COUNT, prefix: TEXT, length: COUNT, kind: TEXT })),
        unwritable: list(TEXT),
      },
      ['headers'],
    ),
    entries: {
      ...list(
        object(
          {
            ...{ _case: TEXT, _step: TEXT, _position: COUNT, _retried: list(TEXT) },
            _failure: object({ reason: TEXT, message: TEXT }),
            time: { type: 'number', description: 'milliseconds' },
            request: object({
              ...{ method: TEXT, url: TEXT, headers: list(object({ name: TEXT, value: TEXT })) },
              postData: object({ text: TEXT }),
            }),
            response: object({ status: COUNT }),
          },
          ['_retried', '_failure'],
        ),
      ),
      uniqueBy: ['_case', '_step', '_position'],
    },
  }),
});

/** Maximum number of errors of a file in one message. */
const PLACES_TOLD = 5;

/** Parses a recording. @throws SetupError if the text is not a recording of this suite */
export function parseRecording(text: string): Recording {
  const har = parseHar(text);
  if (!('_recording' in har.log)) {
    throw new SetupError(
      'it is a HAR but not a recording of this suite (no "log._recording"); npm run grade reads any HAR',
    );
  }
  const problems = complaints(SCHEMA, har).map(inFull);
  if (problems.length > 0) {
    const more = problems.length > PLACES_TOLD ? `; and ${problems.length - PLACES_TOLD} more` : '';
    throw new SetupError(`${problems.slice(0, PLACES_TOLD).join('; ')}${more}`, problems);
  }
  const { _recording: run, entries: list } = (har as unknown as RecordingHar).log;
  const entries = new Map(
    list.map((entry) => [keyOf({ case: entry._case, step: entry._step, position: entry._position }), entry]),
  );
  const unwritable = new Set(run.unwritable);
  const steps = [...entries.values()].filter(({ _case }) => _case === 'diagnosis').map(({ _step }) => _step);
  return {
    run,
    explained: [...new Set(steps)].filter((step) => step.startsWith('{')),
    find(request, origin) {
      const entry = entries.get(keyOf(origin));
      if (entry !== undefined && isSame(request, entry, run.baseUrl)) return outcomeOf(entry, run);
      if (entry !== undefined) return notRecorded('not recorded: the case has changed since the recording');
      return notRecorded(
        unwritable.has(origin.case)
          ? `not recorded: its request contains the key or the ${ACCOUNT.name}, which a recording must not contain`
          : 'not recorded',
      );
    },
  };
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
  const named = Object.entries(headersOf(response.headers));
  const headers = Object.fromEntries(named.map(([name, value]) => [name, unmaskTokens(value, tokens)]));
  const content = membersOf(response.content);
  const body = bytesOf(content, countOf(content['size']));
  if (body === undefined) return notRecorded("not recorded: the answer's body is not in the file");
  return { kind: 'answer', status: response.status, headers, body: unmaskBody(body, tokens), ...base };
}

/** One character per byte, because a body may not be UTF-8; placeholders and made-up tokens are ASCII. */
function unmaskBody(body: Uint8Array, tokens: RecordedRun['tokens']): Uint8Array {
  return new Uint8Array(Buffer.from(unmaskTokens(Buffer.from(body).toString('latin1'), tokens), 'latin1'));
}

function notRecorded(message: string): HttpOutcome {
  return { kind: 'failure', reason: 'not-recorded', message, retried: [], ms: 0 };
}

/** Replace the key and account of the recorded run, which are not in the recording. */
const REPLAY_KEYS = { apiKey: 'replay_api_Key_0001', account: 'replay_account' };

/** A target that answers from a recording, without a network; `not-recorded` for other requests. */
export function openReplayTarget(recording: Recording): Target {
  const keys = { ...REPLAY_KEYS, headers: recording.run.headers ?? [] };
  const write = requestWriter(keys);
  return {
    kind: 'replay',
    host: recording.run.host,
    ...keys,
    nonce: recording.run.nonce,
    explained: recording.explained,
    async send(request, origin) {
      if (origin !== undefined) return recording.find(write(request), origin);
      return { kind: 'failure', reason: 'not-recorded', message: 'not recorded', retried: [], ms: 0 };
    },
    close: async () => {},
  };
}
