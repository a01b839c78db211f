import { type Document, isMap, isScalar, LineCounter, type Node, parseDocument } from 'yaml';
import { type Complaint, complaints, inShort } from './check-value.ts';
import { SetupError } from './setup-error.ts';
import { LARGEST_BY_HAND, readText } from './text-file.ts';

/** A file written by hand, and its parsed value. */
export interface CheckedFile<T> {
  /** The YAML document, comments included. */
  readonly document: Document;
  readonly value: T;
}

/**
 * Reads a YAML or JSON file that a person writes or commits, and validates it against a schema.
 * @param accept returns true for complaints to ignore
 * @throws SetupError with the line and column of every problem
 */
export function readChecked<T>(
  file: string,
  schema: object,
  accept: (complaint: Complaint) => boolean = () => false,
): CheckedFile<T> {
  const lines = new LineCounter();
  const document = parseDocument(readText(file, LARGEST_BY_HAND), { lineCounter: lines, prettyErrors: false });
  const unread = [...document.errors, ...document.warnings].map(({ pos, message }) => ({ offset: pos[0], message }));
  const value = unread.length > 0 ? undefined : (document.toJS() as unknown);
  const wrong = unread.length > 0 ? [] : complaints(schema, value).filter((one) => !accept(one));
  const found = [...unread, ...wrong.map((one) => ({ offset: offsetOf(document, one), message: inShort(one) }))];
  if (found.length === 0) return { document, value: value as T };
  const problems = found
    .sort((one, other) => one.offset - other.offset)
    .map(({ offset, message }) => {
      const { line, col } = lines.linePos(offset);
      return `${file}:${line}:${col}: ${message}`;
    });
  throw new SetupError(problems.length === 1 ? `${problems[0]}` : `\n  - ${problems.join('\n  - ')}`, problems);
}

/** Offset of a complaint in the text: of the invalid value, or of the unknown key. */
function offsetOf(document: Document, { place, name }: Complaint): number {
  const node = place.length === 0 ? document.contents : document.getIn(place, true);
  const pair = isMap(node) && name.length > place.length ? node.items.find(({ key }) => isKey(key, name)) : undefined;
  return ((pair?.key ?? node) as Node | null | undefined)?.range?.[0] ?? 0;
}

function isKey(key: unknown, name: readonly string[]): boolean {
  return isScalar(key) && String(key.value) === name.at(-1);
}
