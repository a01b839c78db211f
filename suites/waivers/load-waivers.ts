import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { messageOf, SetupError } from '../../spec/setup-error.ts';
import { readText } from '../../spec/text-file.ts';
import type { Waiver } from './waiver.ts';

/** A file of waivers that cannot be used, everything that is wrong in one message. */
function unusable(problems: readonly string[]): SetupError {
  const list = problems.map((problem) => `  - ${problem}`).join('\n');
  return new SetupError(`the waivers cannot be used:\n${list}`, problems);
}

const KEYS = ['id', 'reason', 'owner', 'expires'] as const;

/**
 * Reads a file of waivers: a mapping from a target's host (and port, where it is in the URL; `mock` for the mock) to a list
 * of waivers. The whole file is checked, also where it is about other targets.
 * @param host the target whose waivers are wanted @param today as 2026-03-31, in UTC
 * @throws SetupError that names line and column of everything that is wrong
 */
export function loadWaivers(file: string, host: string, today: string): Waiver[] {
  const reader = new Reader(file, contentOf(file), today);
  const waivers = reader.read(host.toLowerCase());
  if (reader.problems.length > 0) throw unusable(reader.problems);
  return waivers;
}

function contentOf(file: string): string {
  try {
    return readText(file);
  } catch (thrown) {
    throw unusable([`JUSPAY_WAIVERS: ${messageOf(thrown)}`]);
  }
}

class Reader {
  readonly problems: string[] = [];
  readonly #file: string;
  readonly #text: string;
  readonly #today: string;
  readonly #lines = new LineCounter();

  constructor(file: string, text: string, today: string) {
    this.#file = file;
    this.#text = text;
    this.#today = today;
  }

  read(host: string): Waiver[] {
    const document = parseDocument(this.#text, { lineCounter: this.#lines, prettyErrors: false });
    for (const { pos, message } of [...document.errors, ...document.warnings]) this.#complain(pos[0], message);
    const { contents } = document;
    if (contents === null || this.problems.length > 0) return [];
    if (!isMap(contents)) {
      this.#complain(contents, 'expected a mapping from hosts to lists of waivers');
      return [];
    }
    return contents.items.flatMap(({ key, value }) => {
      const waivers = this.#list(key as Node, value as Node | null);
      return isScalar(key) && String(key.value).toLowerCase() === host ? waivers : [];
    });
  }

  #list(key: Node, list: Node | null): Waiver[] {
    if (!isSeq(list)) {
      this.#complain(list ?? key, 'expected a list of waivers below the host');
      return [];
    }
    const ids = new Set<string>();
    return list.items.flatMap((item) => {
      const waiver = this.#waiver(item as Node);
      if (waiver === undefined) return [];
      if (ids.has(waiver.id)) this.#complain(item as Node, `${waiver.id} is waived twice`);
      ids.add(waiver.id);
      return [waiver];
    });
  }

  #waiver(item: Node): Waiver | undefined {
    if (!isMap(item)) {
      this.#complain(item, `expected a waiver: ${KEYS.join(', ')}`);
      return undefined;
    }
    const before = this.problems.length;
    const texts = new Map<string, string>();
    for (const { key, value } of item.items) {
      const name = isScalar(key) ? String(key.value) : '';
      const text = isScalar(value) && typeof value.value === 'string' ? value.value.trim() : '';
      if (!(KEYS as readonly string[]).includes(name)) {
        this.#complain(key as Node, `unknown key "${name}": expected ${KEYS.join(', ')}`);
      } else if (text === '') this.#complain((value ?? key) as Node, `"${name}" must be a text`);
      else {
        texts.set(name, text);
        if (name === 'id') this.#checkId(value as Node, text);
        if (name === 'expires' && !isDate(text))
          this.#complain(value as Node, `"expires" must be a day like 2026-03-31`);
      }
    }
    if (this.problems.length > before) return undefined;
    for (const name of KEYS) if (!texts.has(name)) this.#complain(item, `"${name}" is missing`);
    const [id = '', reason = '', owner = '', expires = ''] = KEYS.map((name) => texts.get(name));
    return this.problems.length > before
      ? undefined
      : { id, reason, owner, expires, daysLeft: daysBetween(this.#today, expires) };
  }

  #checkId(place: Node, id: string): void {
    if (/^[A-Z]{2}-\d+(?:\/[^\s*]+)?$/.test(id)) return;
    this.#complain(
      place,
      `"id" must be one claim's, like RQ-7, or one case's, like RQ-7/comma: nothing wider is waived`,
    );
  }

  #complain(place: Node | number, message: string): void {
    const offset = typeof place === 'number' ? place : (place.range?.[0] ?? 0);
    const { line, col } = this.#lines.linePos(offset);
    this.problems.push(`${this.#file}:${line}:${col}: ${message}`);
  }
}

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
