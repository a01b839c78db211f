import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { messageOf, SetupError } from '../../spec/setup-error.ts';
import { readText } from '../../spec/text-file.ts';
import { parsed, valueAt } from '../judge/body.ts';
import { membersOf } from './har-members.ts';

/** HAR 1.2, http://www.softwareishard.com/blog/har-12-spec/. Other tools omit parts of entries, and write others. */
export interface Har<Entry = unknown> {
  readonly log: {
    readonly version: string;
    readonly creator: { readonly name: string; readonly version: string };
    readonly comment?: string;
    readonly entries: readonly Entry[];
  };
}

/**
 * Parses a HAR up to its list of entries. The reader has to check the entries, because tools omit parts.
 * @throws SetupError that says what the text is instead
 */
export function parseHar(text: string): Har {
  const value = parsed(text);
  if (value === undefined) throw new SetupError('it is not JSON, so not a HAR');
  if (!Array.isArray(valueAt(value, '/log/entries'))) {
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

/** Larger bodies are not read; in bytes. */
const LARGEST = 8 * 1024 * 1024;

/**
 * Reads the bodies that Playwright stores in files next to a HAR (`_file`). Skips missing files, and files outside the HAR's
 * folder, by path or by link.
 * @param har changed here @param file of the HAR
 */
function attachBodies({ log }: { readonly log: { readonly entries: readonly unknown[] } }, file: string): void {
  const folder = realpathSync(dirname(file));
  for (const entry of log.entries) {
    const { request, response } = membersOf(entry);
    for (const part of [membersOf(request)['postData'], membersOf(response)['content']]) {
      const { _file: name, text } = membersOf(part);
      const body = typeof name === 'string' && text === undefined ? bytesOf(folder, name) : undefined;
      if (body !== undefined) Object.assign(part as object, { text: body.toString('base64'), encoding: 'base64' });
    }
  }
}

function bytesOf(folder: string, name: string): Buffer | undefined {
  try {
    const file = realpathSync(resolve(folder, name));
    const stat = statSync(file);
    const isInside = file.startsWith(folder.endsWith(sep) ? folder : folder + sep);
    return isInside && stat.isFile() && stat.size <= LARGEST ? readFileSync(file) : undefined;
  } catch {
    return undefined;
  }
}
