import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { isDay, parseDateTime } from '../spec/date-time.ts';
import { SetupError } from '../spec/setup-error.ts';
import { readJson } from '../spec/text-file.ts';
import type { Proof, Report } from './report.ts';
import { fromVersion1 } from './version-1.ts';

const SCHEMA_FILE = new URL('report.schema.json', import.meta.url);

/** Maximum number of errors listed of one file. */
const PLACES = 5;

/**
 * Reads report.json of this version or the previous one.
 * @throws SetupError if it is missing, truncated, of another version or otherwise invalid
 */
export function readReport(file: string): Report {
  return checked(fromVersion1(readJson(file)), '#', `${file} is not a report of a conformance run`) as Report;
}

/** Reads proof.json. @throws SetupError if it is missing, truncated or otherwise invalid */
export function readProof(file: string): Proof {
  return checked(
    readJson(file),
    '#/$defs/proof',
    `${file} is not a proof written by juspay-conformance prove`,
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

/**
 * Validates a value against report.schema.json. @param part of the schema: `#` for a whole report @returns the errors
 */
export function problemsOf(value: unknown, part = '#'): string[] {
  schemas ??= compileSchemas();
  const validate = schemas.getSchema(`report${part}`);
  if (validate === undefined) throw new Error(`report.schema.json has no ${part}`);
  if (validate(value) === true) return [];
  return (validate.errors ?? []).map(({ instancePath, message, params }) => {
    const name = params['additionalProperty'];
    return `${instancePath === '' ? 'the file' : instancePath} ${message}${name === undefined ? '' : `: "${name}"`}`;
  });
}

function compileSchemas(): Ajv2020 {
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  ajv.addFormat('date-time', (text: string) => parseDateTime(text) !== undefined);
  ajv.addFormat('date', isDay);
  return ajv.addSchema(JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')) as object, 'report');
}
