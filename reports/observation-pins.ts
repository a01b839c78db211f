import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { readChecked } from '../spec/checked-file.ts';
import { messageOf, SetupError } from '../spec/setup-error.ts';
import type { Pins, Report } from './report.ts';
import { writeWhole } from './write-whole.ts';

const SCHEMA = {
  type: 'object',
  description: 'an object of hosts',
  additionalProperties: {
    type: 'object',
    description: 'an object of case ids',
    additionalProperties: {
      type: 'object',
      description: 'an object with "observation" and "since"',
      required: ['observation', 'since'],
      additionalProperties: false,
      properties: {
        observation: { type: 'string', description: 'what the server did, as a report says it' },
        since: { type: 'string', format: 'date', description: 'the day on which it did so first, like 2026-03-31' },
      },
    },
  },
};

/** Reads pinned observations. @throws SetupError with the position of every error */
export function readPins(file: string): Pins {
  try {
    return readChecked<Pins>(file, SCHEMA).value;
  } catch (thrown) {
    throw new SetupError(
      `${messageOf(thrown)} (juspay-conformance pin REPORT.json FILE writes one from the report of a run)`,
    );
  }
}

/** Writes pins atomically, with hosts and case ids sorted. */
export function writePins(pins: Pins, file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const sorted = sortKeys(Object.fromEntries(Object.entries(pins).map(([host, own]) => [host, sortKeys(own)])));
  writeWhole(file, `${JSON.stringify(sorted, null, 2)}\n`);
}

/** The pins updated with a run's observations. What the run did not observe stays; what is unchanged keeps its day. */
export function updatePins(pins: Pins, report: Report): Pins {
  const { host } = report.target;
  const known = pinsOf(pins, host);
  const own = { ...known };
  for (const { id, observation } of report.cases) {
    if (observation === undefined || known[id]?.observation === observation) continue;
    own[id] = { observation, since: dayOf(report) };
  }
  return { ...pins, [host]: own };
}

/** The pins of one host. */
export function pinsOf(pins: Pins, host: string): Pins[string] {
  return (Object.hasOwn(pins, host) && pins[host]) || {};
}

/** The day of a report's observations; for a replay, that of the recording. */
export function dayOf({ target, started }: Report): string {
  return (target.recording?.recorded ?? started).slice(0, 10);
}

function sortKeys<T>(value: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
