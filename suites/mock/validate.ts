import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Schema } from './operation.ts';
import { rememberLast } from './remember-last.ts';

/** An error in one field of a request. */
export interface FieldError {
  readonly field: string;
  /** `absent` if a mandatory field is missing or empty. */
  readonly problem: 'missing' | 'empty' | 'invalid';
  readonly detail: string;
  /** The claim that the document names for the constraint. */
  readonly claim?: string;
}

/** Returns every error of a decoded form. */
export type FormValidator = (fields: Readonly<Record<string, string>>) => FieldError[];

/**
 * Compiles the document's form schema. Uses a separate ajv, so that a mistake in the judge's cannot hide one in the mock.
 * The last one is kept, because the proof makes hundreds of mocks in a row whose documents have the same form.
 */
export function compileForm(schema: Schema): FormValidator {
  return compileText(JSON.stringify(schema));
}

const compileText = rememberLast((schema: string) => compile(JSON.parse(schema) as Schema));

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
      const isEmpty = required.has(field) && fields[field] === '';
      const problem = typeof missing === 'string' ? 'missing' : isEmpty ? 'empty' : 'invalid';
      const claim: unknown = error.parentSchema?.['x-claims']?.[error.keyword];
      const found = { field, problem, detail: error.message ?? error.keyword } as const;
      return typeof claim === 'string' ? { ...found, claim } : found;
    });
  };
}

function unescapePointer(pointer: string): string {
  return pointer.slice(1).replaceAll('~1', '/').replaceAll('~0', '~');
}
