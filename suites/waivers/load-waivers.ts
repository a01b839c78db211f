import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { type Document, isMap, isScalar, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import { messageOf, SetupError } from '../../spec/setup-error.ts';
import { LARGEST_BY_HAND, readText } from '../../spec/text-file.ts';
import { EXAMPLE } from '../cases/example-ids.ts';
import type { Waiver } from './waiver.ts';

/** The waivers of a file, as far as a run is concerned. */
export interface LoadedWaivers {
  /** Those of the run's own target. */
  readonly waivers: readonly Waiver[];
  /** Hosts that the file has waivers for, and that the run does not judge. */
  readonly elsewhere: readonly string[];
}

/** A waiver as its file has it. */
export type WrittenWaiver = Omit<Waiver, 'daysLeft'>;

const CLAIM = '[A-Z]{2}-\\d+';
const CASE = `${CLAIM}/[^\\s*]+`;
const TEXT = { type: 'string', pattern: '\\S' };

/** What a file of waivers may hold: lists of waivers by host. */
const SCHEMA = {
  type: 'object',
  additionalProperties: {
    type: 'array',
    items: {
      type: 'object',
      required: ['id', 'reason', 'owner', 'expires'],
      additionalProperties: false,
      properties: {
        id: { type: 'string', pattern: `^\\s*${CLAIM}(?:/[^\\s*]+)?\\s*$` },
        cases: { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string', pattern: `^${CASE}$` } },
        reason: TEXT,
        owner: TEXT,
        expires: { type: 'string', format: 'day' },
      },
    },
  },
};

const KEYS = 'id, cases, reason, owner, expires';

/** By property: what it must be. */
const EXPECTED: Readonly<Record<string, string>> = {
  id: `"id" must be one claim's, like ${EXAMPLE.claim}, or one case's, like ${EXAMPLE.case}: nothing wider is waived`,
  cases: `"cases" must be a list of ids of cases, like [${EXAMPLE.case}]`,
  reason: '"reason" is empty: say why this deviation is accepted',
  owner: '"owner" is empty: say who looks after it',
  expires: '"expires" must be a day like 2026-03-31',
};

const validate = new Ajv2020({ allErrors: true, formats: { day: isDay } }).compile<
  Readonly<Record<string, readonly WrittenWaiver[]>>
>(SCHEMA);

/** A file of waivers that cannot be used, everything that is wrong in one message. */
function unusable(problems: readonly string[]): SetupError {
  const list = problems.map((problem) => `  - ${problem}`).join('\n');
  return new SetupError(`the waivers cannot be used:\n${list}`, problems);
}

/**
 * Reads a file of waivers: a mapping from a target's host (and port, where it is in the URL; `mock` for the mock) to a list
 * of waivers. The whole file is checked, also where it is about other targets.
 * @param host the target whose waivers are wanted @param today as 2026-03-31, in UTC
 * @throws SetupError that names line and column of everything that is wrong
 */
export function loadWaivers(file: string, host: string, today: string): LoadedWaivers {
  const { value } = readWaiverFile(file);
  const own = Object.entries(value).filter(([key]) => isSameHost(key, host));
  return {
    waivers: own.flatMap(([, list]) =>
      list.map(({ id, reason, owner, ...waiver }) => ({
        ...waiver,
        id: id.trim(),
        reason: reason.trim(),
        owner: owner.trim(),
        daysLeft: daysBetween(today, waiver.expires),
      })),
    ),
    elsewhere: Object.keys(value).filter((key) => !isSameHost(key, host)),
  };
}

/** Whether two names of hosts mean the same one. */
export function isSameHost(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The day a number of days after another one, as 2026-03-31. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * A file of waivers as it is written, comments and all, and what it says.
 * @param lenient whoever changes the file may find reasons and owners that are still to be written
 * @throws SetupError that names line and column of everything that is wrong
 */
export function readWaiverFile(
  file: string,
  { lenient = false } = {},
): { readonly document: Document; readonly value: Readonly<Record<string, readonly WrittenWaiver[]>> } {
  let text: string;
  try {
    text = readText(file, LARGEST_BY_HAND);
  } catch (thrown) {
    throw unusable([`JUSPAY_WAIVERS: ${messageOf(thrown)}`]);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const found: { readonly offset: number; readonly message: string }[] = [];
  const complain = (offset: number, message: string) => found.push({ offset, message });
  const refuseAny = () => {
    if (found.length === 0) return;
    const sorted = found.toSorted((one, other) => one.offset - other.offset);
    throw unusable(
      sorted.map(({ offset, message }) => {
        const { line, col } = lines.linePos(offset);
        return `${file}:${line}:${col}: ${message}`;
      }),
    );
  };
  for (const { pos, message } of [...document.errors, ...document.warnings]) complain(pos[0], message);
  refuseAny();
  const value: unknown = document.toJS() ?? {};
  if (!validate(value)) {
    for (const error of validate.errors ?? []) {
      const isUnwritten = /\/(?:reason|owner)$/.test(error.instancePath) && error.keyword === 'pattern';
      if (!(lenient && isUnwritten)) complain(placeOf(document, error), inWords(error));
    }
  } else {
    for (const [host, list] of Object.entries(value)) {
      for (const [index, { id, cases }] of list.entries()) {
        const place = document.getIn([host, index], true) as Node;
        const isCase = id.includes('/');
        if (isCase && cases !== undefined) complain(startOf(place), `${id} is one case: "cases" belongs to a claim's`);
        if (list.findIndex((one) => one.id === id) < index) complain(startOf(place), `${id} is waived twice`);
      }
    }
  }
  refuseAny();
  return { document, value: value as Readonly<Record<string, readonly WrittenWaiver[]>> };
}

function inWords({ instancePath, keyword, params }: ErrorObject): string {
  const [, , , property] = instancePath.split('/');
  if (keyword === 'required') return `"${params['missingProperty']}" is missing`;
  if (keyword === 'additionalProperties') {
    return `unknown key "${params['additionalProperty']}": expected ${KEYS}`;
  }
  if (property !== undefined) {
    const isText = keyword === 'type' && (property === 'reason' || property === 'owner');
    return isText ? `"${property}" must be a text` : (EXPECTED[property] ?? 'expected something else');
  }
  const depth = instancePath.split('/').length - 1;
  return (
    ['expected a mapping from hosts to lists of waivers', 'expected a list of waivers below the host'][depth] ??
    `expected a waiver: ${KEYS}`
  );
}

/** Where in the text an error is: the value that it is about, or the key that should not be there. */
function placeOf(document: Document, { instancePath, params }: ErrorObject): number {
  const path = instancePath
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const node = (path.length === 0 ? document.contents : document.getIn(path, true)) as Node | null | undefined;
  const key = params['additionalProperty'] as string | undefined;
  if (key !== undefined && isMap(node)) {
    const pair = node.items.find((one: Pair) => isScalar(one.key) && one.key.value === key);
    return startOf(pair?.key as Node | undefined);
  }
  return startOf(node);
}

function startOf(node: Node | null | undefined): number {
  return node?.range?.[0] ?? 0;
}

/** Whether a text is a day that there is, as 2026-03-31. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
