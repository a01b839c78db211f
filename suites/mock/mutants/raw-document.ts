import SwaggerParser from '@apidevtools/swagger-parser';
import type { OpenAPIV3_1 } from 'openapi-types';
import { CONTRACT_FILES } from '../../../spec/contract.ts';

/** A schema as it stands in the document, its references and its claims included. */
export interface RawSchema {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  examples?: unknown[];
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  not?: RawSchema;
  required?: string[];
  properties?: Record<string, RawSchema>;
  allOf?: RawSchema[];
  'x-source'?: string;
  'x-claims'?: Record<string, string | Record<string, string>>;
}

interface RawResponse {
  'x-outcome'?: string;
  'x-claims'?: Record<string, string>;
  content?: Record<string, unknown>;
}

/** A method of the document's path. */
export interface RawOperation {
  'x-claims': Record<string, string>;
  security?: unknown[];
  parameters: { name: string; required: boolean; schema: RawSchema; 'x-claims': Record<string, string> }[];
  requestBody: { content: Record<string, { schema: unknown; examples?: unknown }>; 'x-claims': Record<string, string> };
  responses: Record<string, RawResponse>;
}

/** The document with its references unresolved: what is used in two places is changed in both. */
export interface RawDocument {
  paths: Record<string, { post?: RawOperation } & Record<string, unknown>>;
  components: { schemas: Record<string, RawSchema> };
}

/** Reads openapi.yaml as it stands. */
export async function readRawDocument(): Promise<RawDocument> {
  return (await SwaggerParser.parse(CONTRACT_FILES.openapi)) as unknown as RawDocument;
}

/** A changed copy with its references resolved: what a mock is made from. */
export async function resolveChanged(
  document: RawDocument,
  change: ((document: RawDocument) => void) | undefined,
): Promise<OpenAPIV3_1.Document> {
  const copy = structuredClone(document);
  change?.(copy);
  const options = { resolve: { external: false } };
  return (await SwaggerParser.dereference(copy as never, options)) as OpenAPIV3_1.Document;
}

/** The schema at a pointer like `#/components/schemas/Customer/properties/id`; undefined where there is none. */
export function schemaAt(document: RawDocument, pointer: string): RawSchema | undefined {
  let found: unknown = document;
  for (const key of pointer.split('/').slice(1)) found = (found as Record<string, unknown> | undefined)?.[key];
  return found as RawSchema | undefined;
}

/** The schema of a name. @throws Error where the document has none of that name */
export function schemaNamed(document: RawDocument, name: string): RawSchema {
  const schema = document.components.schemas[name];
  if (schema === undefined) throw new Error(`the document has no schema ${name}`);
  return schema;
}

/** The document's one operation, with the path it stands under. @throws Error where there is none */
export function operationOf(document: RawDocument): { path: string; operation: RawOperation } {
  for (const [path, { post }] of Object.entries(document.paths))
    if (post !== undefined) return { path, operation: post };
  throw new Error('the document has no POST operation');
}

/** The claim that a keyword of a schema names. @throws Error where it names none */
export function claimOf(schema: RawSchema, keyword: string, name?: string): string {
  const claim = schema['x-claims']?.[keyword];
  const found = typeof claim === 'object' ? claim[name ?? ''] : claim;
  if (found === undefined) throw new Error(`no claim is named for ${keyword} ${name ?? ''}`);
  return found;
}
