import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { isDay, parseDateTime } from '../spec/date-time.ts';
import { SetupError } from '../spec/setup-error.ts';
import { readJson } from '../spec/text-file.ts';
import type { Proof, Report } from './report.ts';
import { fromVersion1 } from './version-1.ts';

const SCHEMA_FILE = new URL('report.schema.json', import.meta.url);

/** How many wrong places of a file are named. */
const PLACES = 5;

/** Reads report.json, of this version or the one before. @throws SetupError where it is missing, cut off, of another version or otherwise malformed */
export function readReport(file: string): Report {
  return checked(fromVersion1(readJson(file)), '#', `${file} is not a report of a conformance run`) as Report;
}

/** Reads proof.json. @throws SetupError where it is cut off or otherwise malformed */
export function readProof(file: string): Proof {
  return checked(
    readJson(file),
    '#/$defs/proof',
    `${file} is not a proof as juspay-conformance prove writes one`,
  ) as Proof;
}

function checked(value: unknown, part: string, otherwise: string): unknown {
  const problems = problemsOf(value, part);
  if (problems.length === 0) return value;
  const named = problems.slice(0, PLACES).map((problem) => `\n  - ${problem}`);
  const more = problems.length > PLACES ? `\n  and ${problems.length - PLACES} more` : '';
  throw new SetupError(`${otherwise}:${named.join('')}${more}`);
}

let schemas: Ajv2020 | undefined;

/** What report.schema.json has against a value. @param part of the schema: `#` for a whole report */
export function problemsOf(value: unknown, part = '#'): string[] {
  schemas ??= compileSchemas();
  const validate = schemas.getSchema(`report${part}`);
  if (validate === undefined) throw new Error(`report.schema.json has no ${part}`);
  if (validate(value) === true) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const name = params['additionalProperty'];
    return `${instancePath === '' ? 'the whole' : instancePath} ${message}${name === undefined ? '' : `: "${name}"`}`;
  });
}

function compileSchemas(): Ajv2020 {
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  ajv.addFormat('date-time', (text: string) => parseDateTime(text) !== undefined);
  ajv.addFormat('date', isDay);
  return ajv.addSchema(JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')) as object, 'report');
}
