import type { OpenAPIV3_1 } from 'openapi-types';
import { strictAjv } from './schemas.ts';
import { SetupError } from './setup-error.ts';

/**
 * Validates every example of the document against the schema beside it.
 * @param document with its references resolved
 * @param file for the error message
 * @throws SetupError naming the first example that its own schema rejects
 */
export function checkExamples(document: OpenAPIV3_1.Document, file: string): void {
  const ajv = strictAjv();
  // Components first, so that an error in a shared schema names its definition.
  const { components, ...rest } = document;
  const examples = [...examplesOf({ components }, '#'), ...examplesOf(rest, '#')];
  for (const { pointer, schema, value } of examples) {
    const validate = ajv.compile(schema);
    if (!validate(value)) {
      throw new SetupError(
        `${file}: ${pointer}: the example is rejected by its own schema: ${ajv.errorsText(validate.errors)}`,
      );
    }
  }
}

interface Example {
  readonly pointer: string;
  readonly schema: OpenAPIV3_1.SchemaObject;
  readonly value: unknown;
}

/** Walks the whole document: `examples` beside a schema (media types, parameters) and lists of examples in a schema. */
function* examplesOf(node: unknown, pointer: string): Generator<Example> {
  if (typeof node !== 'object' || node === null) return;
  const { schema, examples } = node as { schema?: OpenAPIV3_1.SchemaObject; examples?: unknown };
  if (Array.isArray(examples)) {
    const { examples: _, ...rest } = node as OpenAPIV3_1.SchemaObject;
    for (const [index, value] of examples.entries())
      yield { pointer: `${pointer}/examples/${index}`, schema: rest, value };
  } else if (schema !== undefined && typeof examples === 'object' && examples !== null) {
    for (const [name, example] of Object.entries(examples as Record<string, OpenAPIV3_1.ExampleObject>)) {
      yield { pointer: `${pointer}/examples/${name}`, schema, value: example.value };
    }
  }
  for (const [key, child] of Object.entries(node)) {
    if (key !== 'examples') yield* examplesOf(child, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  }
}
