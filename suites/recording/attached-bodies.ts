import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { membersOf } from './har-members.ts';

/** Larger bodies are not read; in bytes. */
const LARGEST = 8 * 1024 * 1024;

/**
 * Reads the bodies that Playwright stores in files next to a HAR (`_file`). Skips missing files, and files outside the HAR's
 * folder, by path or by link.
 * @param har changed here @param file of the HAR
 */
export function attachBodies({ log }: { readonly log: { readonly entries: readonly unknown[] } }, file: string): void {
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
