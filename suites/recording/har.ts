import { SetupError } from '../../spec/setup-error.ts';
/** The parts of HAR 1.2 that are read here. http://www.softwareishard.com/blog/har-12-spec/ */
export interface Har<Entry = HarEntry> {
  readonly log: {
    readonly version: string;
    readonly creator: { readonly name: string; readonly version: string };
    readonly comment?: string;
    readonly entries: readonly Entry[];
  };
}

export interface NameValue {
  readonly name: string;
  readonly value: string;
}

export interface HarEntry {
  /** RFC 3339. */
  readonly startedDateTime: string;
  /** Milliseconds. */
  readonly time: number;
  readonly request: HarRequest;
  readonly response: HarResponse;
  readonly cache: object;
  readonly timings: { readonly send: number; readonly wait: number; readonly receive: number };
  readonly comment?: string;
}

export interface HarRequest {
  readonly method: string;
  readonly url: string;
  readonly httpVersion: string;
  readonly cookies: readonly object[];
  readonly headers: readonly NameValue[];
  readonly queryString: readonly NameValue[];
  readonly postData?: {
    readonly mimeType: string;
    readonly text?: string;
    readonly params?: readonly { readonly name: string; readonly value?: string }[];
  };
  readonly headersSize: number;
  readonly bodySize: number;
}

export interface HarResponse {
  /** 0 where no answer came. */
  readonly status: number;
  readonly statusText: string;
  readonly httpVersion: string;
  readonly cookies: readonly object[];
  readonly headers: readonly NameValue[];
  readonly content: {
    readonly size: number;
    readonly mimeType: string;
    readonly text?: string;
    readonly encoding?: string;
  };
  readonly redirectURL: string;
  readonly headersSize: number;
  readonly bodySize: number;
}

/**
 * Reads a HAR as far as its list of entries; what the entries hold is for the reader to check, since tools leave things out.
 * @throws SetupError that says what the text is instead
 */
export function parseHar(text: string): Har {
  let value: unknown;
  try {
    // Some tools write a byte-order mark before the JSON.
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    throw new SetupError('it is not JSON, so no HAR');
  }
  const log = typeof value === 'object' && value !== null && 'log' in value ? value.log : undefined;
  if (typeof log !== 'object' || log === null || !('entries' in log) || !Array.isArray(log.entries)) {
    throw new SetupError('it is JSON but no HAR: there is no list "log.entries" in it');
  }
  return value as Har;
}

/** Headers by their names in small letters; a header that came twice is joined with a comma. */
export function headersOf(headers: readonly NameValue[]): Record<string, string> {
  const joined: Record<string, string> = {};
  for (const { name, value } of headers) {
    const key = name.toLowerCase();
    joined[key] = Object.hasOwn(joined, key) ? `${joined[key]}, ${value}` : value;
  }
  return joined;
}

/** The bytes of an answer's body; undefined where the file does not hold them. */
export function bodyOf({ content }: HarResponse): Uint8Array | undefined {
  if (content.text === undefined) return content.size > 0 ? undefined : new Uint8Array();
  return new Uint8Array(Buffer.from(content.text, content.encoding === 'base64' ? 'base64' : 'utf8'));
}
