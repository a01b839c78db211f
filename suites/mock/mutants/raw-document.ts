import SwaggerParser from '@apidevtools/swagger-parser';
import type { OpenAPIV3_1 } from 'openapi-types';
import { CONTRACT_FILES } from '../../../spec/contract.ts';

/** A schema as written in the document, with references and claims. */
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

/** The document without resolving references: a change of a shared schema applies everywhere. */
export interface RawDocument {
  paths: Record<string, { post?: RawOperation } & Record<string, unknown>>;
  components: { schemas: Record<string, RawSchema> };
}

/** Reads openapi.yaml without resolving references. */
export async function readRawDocument(): Promise<RawDocument> {
  return (await SwaggerParser.parse(CONTRACT_FILES.openapi)) as unknown as RawDocument;
}

/** A changed copy with resolved references, for a mock. */
export async function resolveChanged(
  document: RawDocument,
  change: ((document: RawDocument) => void) | undefined,
): Promise<OpenAPIV3_1.Document> {
  const copy = structuredClone(document);
  change?.(copy);
  const options = { resolve: { external: false } };
  return (await SwaggerParser.dereference(copy as never, options)) as OpenAPIV3_1.Document;
}

/** The schema at a pointer like `#/components/schemas/Customer/properties/id`. @throws Error if there is none */
export function schemaAt(document: RawDocument, pointer: string): RawSchema {
  let found: unknown = document;
  for (const key of pointer.split('/').slice(1)) found = (found as Record<string, unknown> | undefined)?.[key];
  if (found === undefined) throw new Error(`the document has no schema at ${pointer}`);
  return found as RawSchema;
}

/** The document's only operation with its path. @throws Error if there is none */
export function operationOf(document: RawDocument): { path: string; operation: RawOperation } {
  for (const [path, { post }] of Object.entries(document.paths))
    if (post !== undefined) return { path, operation: post };
  throw new Error('the document has no POST operation');
}

/** The claim of a schema's keyword. @throws Error if there is none */
export function claimOf(schema: RawSchema, keyword: string, name?: string): string {
  const claim = schema['x-claims']?.[keyword];
  const found = typeof claim === 'object' ? claim[name ?? ''] : claim;
  if (found === undefined) throw new Error(`no claim for ${keyword} ${name ?? ''}`);
  return found;
}
