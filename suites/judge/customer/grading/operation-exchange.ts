import { isUtf8 } from 'node:buffer';
import type { Contract } from '../../../../spec/contract.ts';
import type { Har } from '../../../recording/har.ts';
import {
  bytesOf,
  countOf,
  headersOf,
  isRedacted,
  membersOf,
  pairsOf,
  textOf,
  UNREADABLE,
} from '../../../recording/har-members.ts';
import type { HttpAnswer } from '../../../targets/target.ts';
import { jsonIn } from '../../body.ts';

/** An exchange of the operation in other people's traffic. */
export interface OperationExchange {
  /** Position in the file, from 1. */
  readonly number: number;
  /** Start and end of the call in milliseconds since 1970; NaN if unknown. */
  readonly started: number;
  readonly ended: number;
  /** Scheme, host, port, and the path before the operation's. */
  readonly baseUrl: string;
  /** Names in lowercase. */
  readonly headers: Readonly<Record<string, string>>;
  /** The request's media type without parameters, in lowercase; empty for none. */
  readonly mediaType: string;
  /** Whether the media type has a parameter, as from browsers; the page leaves open whether it is accepted (EP-5). */
  readonly hasParameter: boolean;
  /** The form's fields, decoded; undefined if the file has no readable form. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Whether a field is repeated. */
  readonly repeats: boolean;
  /** The answer; undefined if there was none. */
  readonly answer?: HttpAnswer;
  /** Whether the file has the answer's body. */
  readonly bodyKnown: boolean;
}

/** The exchanges of the operation in a HAR, by time, and the number of other entries. */
export function findOperation(
  har: Har,
  contract: Pick<Contract, 'document'>,
): { readonly exchanges: readonly OperationExchange[]; readonly ignored: number } {
  const [path = ''] = Object.keys(contract.document.paths ?? {});
  const exchanges = har.log.entries.flatMap((entry: unknown, index): OperationExchange[] => {
    const request = membersOf(membersOf(entry)['request']);
    const written = textOf(request['url']) ?? '';
    const url = URL.canParse(written) ? new URL(written) : undefined;
    const isOperation = textOf(request['method'])?.toUpperCase() === 'POST' && url?.pathname.endsWith(path) === true;
    return isOperation ? [readExchange(membersOf(entry), url, path, index + 1)] : [];
  });
  return { exchanges: inTime(exchanges), ignored: har.log.entries.length - exchanges.length };
}

/** Sorts by time, if every exchange has one; some tools sort entries differently. */
function inTime(exchanges: readonly OperationExchange[]): readonly OperationExchange[] {
  return exchanges.some(({ started }) => Number.isNaN(started))
    ? exchanges
    : exchanges.toSorted((a, b) => a.started - b.started);
}

type Members = Readonly<Record<string, unknown>>;

/** Reads an entry. Tools omit almost everything, or write null, empty or another type. */
function readExchange(entry: Members, url: URL, path: string, number: number): OperationExchange {
  const request = membersOf(entry['request']);
  const postData = membersOf(request['postData']);
  const headers = headersOf(request['headers'], UNREADABLE);
  const [mediaType = '', parameter] = (headers['content-type'] ?? textOf(postData['mimeType']) ?? '').split(';');
  const pairs = fieldsOf(postData, sizeOf(headers, request));
  const started = Date.parse(textOf(entry['startedDateTime']) ?? '');
  const ms = countOf(entry['time']);
  const answer = readAnswer(membersOf(entry['response']), ms ?? 0);
  return {
    number,
    started,
    ended: started + (ms ?? Number.NaN),
    baseUrl: `${url.origin}${url.pathname.slice(0, -path.length)}`,
    headers,
    mediaType: mediaType.trim().toLowerCase(),
    hasParameter: parameter !== undefined,
    ...(pairs === undefined ? {} : { fields: Object.fromEntries(pairs) }),
    repeats: new Set(pairs?.map(([name]) => name)).size < (pairs?.length ?? 0),
    ...(answer === undefined ? { bodyKnown: false } : answer),
  };
}

function readAnswer(response: Members, ms: number): { answer: HttpAnswer; bodyKnown: boolean } | undefined {
  const status = countOf(response['status']) ?? 0;
  if (!Number.isInteger(status) || status < 100) return undefined;
  const content = membersOf(response['content']);
  const headers = answerHeaders(response, textOf(content['mimeType']) ?? '');
  const body = answerBody(content, headers, response);
  const answer = { kind: 'answer', status, headers, body: body ?? new Uint8Array(), retried: [], ms } as const;
  return { answer, bodyKnown: body !== undefined };
}

/** Undefined for a body that was omitted, truncated or redacted. */
function answerBody(content: Members, headers: Record<string, string>, response: Members): Uint8Array | undefined {
  const size = countOf(content['size']);
  const sent = sizeOf(headers, response);
  const told = sent === undefined || sent === 0 ? (size ?? sent) : sent;
  const isEmpty = content['text'] === undefined || content['text'] === '';
  // Tools also write size 0 for a lost body.
  if (isEmpty) return countOf(headers['content-length']) === 0 && (size ?? 0) === 0 ? new Uint8Array() : undefined;
  const body = bytesOf(content, told);
  if (body === undefined) return undefined;
  const json = jsonIn(body);
  if (json !== undefined) return isRedacted(json) ? undefined : body;
  // With a content coding the header has another length, and some tools store the coded body.
  if (headers['content-encoding'] !== undefined) return body.length < (size ?? 0) || !isUtf8(body) ? undefined : body;
  return body.length < Math.max(told ?? 0, size ?? 0) ? undefined : body;
}

/** Size of a body on the wire, if the file has it. */
function sizeOf(headers: Readonly<Record<string, string>>, message: Members): number | undefined {
  return countOf(headers['content-length']) ?? countOf(message['bodySize']);
}

/** If the header was removed from the file, the content still has the media type. */
function answerHeaders(response: Members, mediaType: string): Record<string, string> {
  const headers = headersOf(response['headers']);
  const isTold = (headers['content-type'] ?? '') !== '' || mediaType === '';
  const isSniffed = Object.keys(headers).length > 0 && !/json/i.test(mediaType);
  return isTold || isSniffed ? headers : { ...headers, 'content-type': mediaType };
}

/** The form's fields; undefined if the file does not have the complete body. */
function fieldsOf(postData: Members, size: number | undefined): [string, string][] | undefined {
  const list = postData['params'];
  const used = Array.isArray(list) ? list.filter((one: unknown) => membersOf(one)['disabled'] !== true) : list;
  const params = pairsOf(used);
  // Some tools write a form's fields instead of its text, mostly decoded. With an escape this is ambiguous.
  const isDecoded = params.length > 0 && !params.some(([, value]) => /%[\da-f]{2}|\+/i.test(value));
  const isWhole = new URLSearchParams(params).toString().length >= (size ?? 0);
  const parts = isDecoded && isWhole && !isRedacted(params) ? params : undefined;
  const text = postData['text'];
  if (text === undefined || text === null || text === '') return params.length === 0 && size === 0 ? [] : parts;
  const bytes = bytesOf(postData, size);
  if (bytes === undefined || bytes.length < (size ?? 0)) return parts;
  const fields = formIn(Buffer.from(bytes).toString(), size);
  return fields === undefined || isRedacted(fields) ? undefined : fields;
}

/** Parses a form as written by tools. @param size of the body in bytes, if known */
function formIn(written: string, size: number | undefined): [string, string][] | undefined {
  // Firefox writes the body's headers before it.
  const text = written.replace(/^(?:[\w-]+: .*\r?\n)+\r?\n/, '');
  const decoded = /^[\w+/]{16,}={0,2}$/.test(text) ? Buffer.from(text, 'base64').toString() : '';
  if (/^\w+=/.test(decoded)) return [...new URLSearchParams(decoded)];
  if (!text.includes('=')) return undefined;
  // A trailing newline is part of the last value only if the size includes it.
  const whole = Buffer.byteLength(text) === size ? text : text.replace(/\r?\n$/, '');
  return [...new URLSearchParams(whole)];
}
