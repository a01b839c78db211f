import { messageOf, SetupError } from '../../spec/setup-error.ts';
import { readText } from '../../spec/text-file.ts';
import { attachBodies } from './attached-bodies.ts';

/** The parts of HAR 1.2 used here. http://www.softwareishard.com/blog/har-12-spec/ */
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
  /** 0 if there was no answer. */
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
    readonly comment?: string;
  };
  readonly redirectURL: string;
  readonly headersSize: number;
  readonly bodySize: number;
}

/**
 * Parses a HAR up to its list of entries. The reader has to check the entries, because tools omit parts.
 * @throws SetupError that says what the text is instead
 */
export function parseHar(text: string): Har {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new SetupError('it is not JSON, so not a HAR');
  }
  const log = typeof value === 'object' && value !== null && 'log' in value ? value.log : undefined;
  if (typeof log !== 'object' || log === null || !('entries' in log) || !Array.isArray(log.entries)) {
    throw new SetupError('it is JSON but not a HAR: it has no list "log.entries"');
  }
  return value as Har;
}

/** Reads a HAR file, with bodies in files next to it. @throws SetupError that names the file and what it is instead */
export function readHar(file: string): Har {
  if (/\.zip$/i.test(file)) throw new SetupError(`${file} is a zip file: unpack it, and use the .har file in it`);
  const text = readText(file);
  try {
    const har = parseHar(text);
    attachBodies(har, file);
    return har;
  } catch (thrown) {
    throw new SetupError(`${file}: ${messageOf(thrown)}; expected a HAR file as exported by browsers`);
  }
}
