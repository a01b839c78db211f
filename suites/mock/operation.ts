import type { OpenAPIV3_1 } from 'openapi-types';

/** The part of a schema that the mock uses: JSON Schema with the contract's own `x-source`. */
export interface Schema {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly not?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly 'x-source'?: string;
}

/** A documented answer. */
export interface Answer {
  readonly status: number;
  readonly mediaType: string;
  readonly schema: Schema;
}

/** What the mock reads from the document, so that a mutated document makes a mutated mock. */
export interface Operation {
  readonly path: string;
  /** In uppercase. */
  readonly method: string;
  readonly needsKey: boolean;
  /** The required header, in lowercase; undefined if there is none. */
  readonly merchantHeader: string | undefined;
  readonly mediaTypes: readonly string[];
  readonly form: Schema;
  readonly accepted: Answer;
  readonly badRequest: Answer;
}

interface MarkedResponse extends OpenAPIV3_1.ResponseObject {
  readonly 'x-outcome'?: string;
}

/** Reads the document's only operation. @throws Error unless there is exactly one, with one answer for each outcome */
export function readOperation(document: OpenAPIV3_1.Document): Operation {
  const [path, item] = only(Object.entries(document.paths ?? {}), 'path');
  const methods = ['get', 'put', 'post', 'delete', 'patch'] as const;
  const [method, operation] = only(
    methods.flatMap((name) => (item?.[name] === undefined ? [] : [[name, item[name]] as const])),
    'operation',
  );
  const header = ((operation.parameters ?? []) as OpenAPIV3_1.ParameterObject[]).find(
    (parameter) => parameter.in === 'header' && parameter.required === true,
  );
  const content = (operation.requestBody as OpenAPIV3_1.RequestBodyObject).content;
  const [, form] = only(Object.entries(content), 'request media type');
  return {
    path,
    method: method.toUpperCase(),
    needsKey: (operation.security ?? document.security ?? []).length > 0,
    merchantHeader: header?.name.toLowerCase(),
    mediaTypes: Object.keys(content),
    form: form.schema as Schema,
    accepted: answerFor(operation, 'accepted'),
    badRequest: answerFor(operation, 'bad-request'),
  };
}

function answerFor(operation: OpenAPIV3_1.OperationObject, outcome: string): Answer {
  const responses = Object.entries((operation.responses ?? {}) as Record<string, MarkedResponse>);
  const [status, response] = only(
    responses.filter(([, candidate]) => candidate['x-outcome'] === outcome),
    `response with the outcome ${outcome}`,
  );
  const [mediaType, { schema }] = only(Object.entries(response.content ?? {}), `media type of ${status}`);
  return { status: Number(status), mediaType, schema: schema as Schema };
}

function only<T>(found: readonly T[], what: string): T {
  const [first, second] = found;
  if (first === undefined || second !== undefined) throw new Error(`the document must have exactly one ${what}`);
  return first;
}
