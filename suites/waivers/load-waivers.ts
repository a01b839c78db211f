import type { Document } from 'yaml';
import type { Complaint } from '../../spec/check-value.ts';
import { readChecked } from '../../spec/checked-file.ts';
import { messageOf, SetupError } from '../../spec/setup-error.ts';
import { EXAMPLE } from '../cases/example-ids.ts';
import type { Waiver } from './waiver.ts';

/** The waivers of a file, as far as a run is concerned. */
export interface LoadedWaivers {
  /** Those of the run's own target. */
  readonly waivers: readonly Waiver[];
  /** Hosts that the file has waivers for, and that the run does not judge. */
  readonly elsewhere: readonly string[];
}

/** A file of waivers, by host. */
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
      description: `one claim, like ${EXAMPLE.claim}, or one case, like ${EXAMPLE.case}: nothing wider is waived`,
    },
    cases: {
      type: 'array',
      minItems: 1,
      uniqueItems: true,
      items: { type: 'string', pattern: `^${CASE}$`, description: `the id of a case, like ${EXAMPLE.case}` },
      description: `a list of ids of cases, each once, like [${EXAMPLE.case}]`,
    },
    reason: text('a sentence on why this deviation is accepted'),
    owner: text('the name of who looks after it'),
    expires: { type: 'string', format: 'date', description: 'the last day on which it holds, like 2026-03-31' },
  },
  if: { type: 'object', required: ['id'], properties: { id: { type: 'string', pattern: '/' } } },
  // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
  then: { properties: { cases: { not: {}, description: 'no such key, since the id is one case already' } } },
};

const SCHEMA = {
  type: ['object', 'null'],
  description: 'a mapping from hosts to lists of waivers',
  additionalProperties: { type: 'array', description: 'a list of waivers', items: WAIVER, uniqueBy: ['id'] },
};

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
): { readonly document: Document; readonly value: WrittenWaivers } {
  const isUnwritten = ({ name, text }: Complaint) =>
    /^(?:reason|owner)$/.test(name.at(-1) ?? '') && /^is empty/.test(text);
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
