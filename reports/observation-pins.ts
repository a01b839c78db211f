import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { messageOf, SetupError } from '../spec/setup-error.ts';
import { readJson } from '../spec/text-file.ts';
import type { Pin, Pins, Report } from './report.ts';
import { writeWhole } from './write-whole.ts';

/** Reads pinned observations. @throws SetupError with the file's name where it is missing or malformed */
export function readPins(file: string): Pins {
  let value: unknown;
  try {
    value = readJson(file);
  } catch (thrown) {
    const hint = 'npm run pin -- REPORT.json FILE writes one from the report of a run';
    throw new SetupError(`${messageOf(thrown)} (${hint})`);
  }
  if (!isRecord(value)) throw new SetupError(`${file}: expected an object of hosts`);
  for (const [host, pins] of Object.entries(value)) {
    if (!isRecord(pins)) throw new SetupError(`${file}: ${JSON.stringify(host)}: expected an object of case ids`);
    for (const [id, pin] of Object.entries(pins)) {
      if (isPin(pin)) continue;
      throw new SetupError(
        `${file}: ${JSON.stringify(host)}: ${JSON.stringify(id)}: expected "observation" and "since"`,
      );
    }
  }
  return value as Pins;
}

/** Writes pins, whole or not at all, with hosts and case ids in order. */
export function writePins(pins: Pins, file: string): void {
  mkdirSync(dirname(file), { recursive: true });
  const sorted = sortKeys(Object.fromEntries(Object.entries(pins).map(([host, own]) => [host, sortKeys(own)])));
  writeWhole(file, `${JSON.stringify(sorted, null, 2)}\n`);
}

/** The pins with a run's observations taken over. What a run did not observe stays; what it saw again keeps its day. */
export function updatePins(pins: Pins, report: Report): Pins {
  const { host } = report.target;
  const known = pins[host] ?? {};
  const own = { ...known };
  for (const { id, observation } of report.cases) {
    if (observation === undefined || known[id]?.observation === observation) continue;
    own[id] = { observation, since: dayOf(report) };
  }
  return { ...pins, [host]: own };
}

/** The day on which a report's server was seen; of a replay, that of the recording. */
export function dayOf({ target, started }: Report): string {
  return (target.recording?.recorded ?? started).slice(0, 10);
}

function isPin(value: unknown): value is Pin {
  return (
    isRecord(value) && typeof value['observation'] === 'string' && /^\d{4}-\d\d-\d\d$/.test(String(value['since']))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function sortKeys<T>(value: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
}
