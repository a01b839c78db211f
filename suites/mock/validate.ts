import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Schema } from './operation.ts';

/** What is wrong with one field of a request. */
export interface FieldError {
  readonly field: string;
  /** `absent` where a mandatory field is missing or empty. */
  readonly problem: 'absent' | 'invalid';
  readonly detail: string;
  /** The claim that the document gives for the rule. */
  readonly claim?: string;
}

/** Every error of a decoded form; empty where there is none. */
export type FormValidator = (fields: Readonly<Record<string, string>>) => FieldError[];

/** Compiles the document's form schema. Its own ajv: the judge's must not be able to hide a mistake of the mock. */
export function compileForm(schema: Schema): FormValidator {
  const known = COMPILED.get(schema);
  if (known !== undefined) return known;
  const validator = compile(schema);
  COMPILED.set(schema, validator);
  return validator;
}

/** Compiling takes longer than a mock's whole life in the proof, which makes thousands of the same schema. */
const COMPILED = new WeakMap<Schema, FormValidator>();

function compile(schema: Schema): FormValidator {
  const ajv = new Ajv2020({
    strict: true,
    strictRequired: false,
    allErrors: true,
    validateSchema: false,
    verbose: true,
  });
  ajv.addVocabulary(['x-claims', 'x-source']);
  const validate = ajv.compile<Record<string, string>>(schema);
  const required = new Set(schema.required);
  return (fields) => {
    if (validate(fields)) return [];
    return (validate.errors ?? []).map((error): FieldError => {
      const missing: unknown = error.params['missingProperty'];
      const field = typeof missing === 'string' ? missing : unescapePointer(error.instancePath);
      const absent = typeof missing === 'string' || (required.has(field) && fields[field] === '');
      const claim: unknown = error.parentSchema?.['x-claims']?.[error.keyword];
      const told = { field, problem: absent ? 'absent' : 'invalid', detail: error.message ?? error.keyword } as const;
      return typeof claim === 'string' ? { ...told, claim } : told;
    });
  };
}

function unescapePointer(pointer: string): string {
  return pointer.slice(1).replaceAll('~1', '/').replaceAll('~0', '~');
}
