import type { Document } from 'yaml';
import type { Complaint } from '../../spec/check-value.ts';
import { readChecked } from '../../spec/checked-file.ts';
import { messageOf, SetupError } from '../../spec/setup-error.ts';
import { EXAMPLE } from '../cases/example-ids.ts';
import type { Waiver } from './waiver.ts';

/** The waivers of a file, split by a run's target. */
export interface LoadedWaivers {
  /** Waivers for the run's target. */
  readonly waivers: readonly Waiver[];
  /** Other hosts that the file has waivers for. */
  readonly elsewhere: readonly string[];
}

/** Waivers by host, as in the file. */
type WrittenWaivers = Readonly<Record<string, readonly Omit<Waiver, 'daysLeft'>[]>>;

const CASE = '[A-Z]{2}-\\d+/[^\\s*]+';

function text(description: string) {
  return { type: 'string', pattern: '\\S', description };
}

const WAIVER = {
  type: 'object',
  description: 'a waiver: id, cases, reason, owner, expires',
  required: ['id', 'reason', 'owner', 'expires'],
  additionalProperties: false,
  properties: {
    id: {
      type: 'string',
      pattern: `^\\s*(?:[A-Z]{2}-\\d+|${CASE})\\s*$`,
      description: `one claim, like ${EXAMPLE.claim}, or one case, like ${EXAMPLE.case}; wildcards are not allowed`,
    },
    cases: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: { type: 'string', pattern: `^${CASE}$`, description: `the id of a case, like ${EXAMPLE.case}` },
      description: `a list of unique case ids, like [${EXAMPLE.case}]`,
    },
    reason: text('a sentence on why this deviation is accepted'),
    owner: text('the name of who is responsible'),
    expires: { type: 'string', format: 'date', description: 'the last day on which it applies, like 2026-03-31' },
  },
  if: { type: 'object', required: ['id'], properties: { id: { type: 'string', pattern: '/' } } },
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
  then: { properties: { cases: { not: {}, description: 'no such key, because the id is already a case' } } },
};

const SCHEMA = {
  type: ['object', 'null'],
  description: 'a mapping from hosts to lists of waivers',
  additionalProperties: { type: 'array', description: 'a list of waivers', items: WAIVER, uniqueBy: ['id'] },
};

/**
 * Reads a file of waivers: a mapping from a target's host (with the port, if the URL has one; `mock` for the mock) to a list
 * of waivers. Validates the whole file, including the entries of other targets.
 * @param host the target @param today in UTC, like 2026-03-31
 * @throws SetupError with the line and column of every problem
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

/** Compares host names case-insensitively. */
export function isSameHost(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** The day `days` after `day`, like 2026-03-31. */
export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/**
 * Reads a file of waivers as a YAML document with comments, and as a value.
 * @param lenient accepts empty reasons and owners, for commands that edit an unfinished file
 * @throws SetupError with the line and column of every problem
 */
export function readWaiverFile(
  file: string,
  { lenient = false } = {},
): { readonly document: Document; readonly value: WrittenWaivers } {
  const isUnwritten = ({ name, isEmpty = false }: Complaint) =>
    isEmpty && ['reason', 'owner'].includes(name.at(-1) ?? '');
  try {
    const { document, value } = readChecked<WrittenWaivers | null>(file, SCHEMA, lenient ? isUnwritten : undefined);
    return { document, value: value ?? {} };
  } catch (thrown) {
    const problems = thrown instanceof SetupError ? thrown.problems : [messageOf(thrown)];
    throw new SetupError(`the waivers cannot be used:\n${problems.map((one) => `  - ${one}`).join('\n')}`, problems);
  }
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
