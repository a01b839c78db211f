import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import type { OpenAPIV3_1 } from 'openapi-types';
import { parseDateTime } from './date-time.ts';
import { messageOf, SetupError } from './setup-error.ts';

/** One constraint that a value violates. */
export interface Violation {
  /** The claim that the broken constraint enforces. */
  readonly claim: string;
  /** JSON pointer into the value; empty for the whole value. */
  readonly pointer: string;
  /** What the keyword requires, in words. */
  readonly expected: string;
  /** The missing property's name, for `required`. */
  readonly missing?: string;
}

/** Returns every violation; empty if the value is valid. */
export type Validator = (value: unknown) => Violation[];

/** Names of the document's schemas that requests and answers are validated against. */
const SCHEMA_NAMES = ['CustomerForm', 'CustomerWithoutToken', 'CustomerWithToken', 'BadRequest'] as const;
export type SchemaName = (typeof SCHEMA_NAMES)[number];
export type Validators = Readonly<Record<SchemaName, Validator>>;

/**
 * An ajv with the strictest settings: no unknown keywords, no coercion, every error reported.
 * @param checked skips validation against the meta-schema, the slowest part, if it was done before
 */
export function strictAjv({ checked = false } = {}): Ajv2020 {
  const ajv = new Ajv2020({
    strict: true,
    strictTypes: true,
    allErrors: true,
    verbose: true,
    validateSchema: !checked,
  });
  ajv.addFormat('date-time', (text: string) => parseDateTime(text) !== undefined);
  // The contract's own keywords. People, the mock and the mutations read them; they validate nothing.
  ajv.addVocabulary(['x-claims', 'x-source']);
  return ajv;
}

/**
 * Compiles the schemas named in SCHEMA_NAMES.
 * @param document with its references resolved
 * @param checked see strictAjv
 * @throws SetupError naming the schema that is missing or does not compile
 */
export function compileSchemas(document: OpenAPIV3_1.Document, { checked = false } = {}): Validators {
  const known = checked ? COMPILED.get(document) : undefined;
  if (known !== undefined) return known;
  const ajv = strictAjv({ checked });
  const compiled = SCHEMA_NAMES.map((name): [SchemaName, Validator] => {
    const schema = document.components?.schemas?.[name];
    if (schema === undefined) throw new SetupError(`#/components/schemas/${name} is missing`);
    let validate: ValidateFunction;
    try {
      validate = ajv.compile(schema);
    } catch (thrown) {
      throw new SetupError(`#/components/schemas/${name} does not compile: ${messageOf(thrown)}`);
    }
    return [name, (value) => (validate(value) ? [] : (validate.errors ?? []).map(toViolation))];
  });
  const validators = Object.fromEntries(compiled) as Record<SchemaName, Validator>;
  COMPILED.set(document, validators);
  return validators;
}

/** Cached because the proof makes a thousand runs with one document, and compiling takes a tenth of each. */
const COMPILED = new WeakMap<OpenAPIV3_1.Document, Validators>();

function toViolation(error: ErrorObject): Violation {
  const claims = (error.parentSchema?.['x-claims'] ?? {}) as Record<string, string | Record<string, string>>;
  const named = claims[error.keyword];
  const missing: unknown = error.keyword === 'required' ? error.params['missingProperty'] : undefined;
  const claim = typeof named === 'object' ? named[String(missing)] : named;
  if (claim === undefined) throw new SetupError(`no claim is named for ${error.schemaPath}`);
  const expected = typeof missing === 'string' ? `a property "${missing}"` : describe(error);
  return { claim, pointer: error.instancePath, expected, ...(typeof missing === 'string' ? { missing } : {}) };
}

function describe(error: ErrorObject): string {
  switch (error.keyword) {
    case 'type':
      return `of type ${String(error.schema)}`;
    case 'const':
      return JSON.stringify(error.schema);
    case 'minLength':
      return `at least ${String(error.schema)} character${error.schema === 1 ? '' : 's'}`;
    case 'format':
      return `a ${String(error.schema)} (RFC 3339, with a zone)`;
    case 'not':
      return 'absent';
    default:
      return `${error.keyword} ${JSON.stringify(error.schema)}`;
  }
}
