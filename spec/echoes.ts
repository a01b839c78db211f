import type { OpenAPIV3_1 } from 'openapi-types';

/** A property of the answer that must equal a field of the request. */
export interface Echo {
  readonly property: string;
  readonly field: string;
}

const REQUEST = 'request.';

/** The properties of Customer whose `x-source` points into the request. */
export function listEchoes(document: OpenAPIV3_1.Document): Echo[] {
  const schema = document.components?.schemas?.['Customer'] as OpenAPIV3_1.SchemaObject | undefined;
  return Object.entries(schema?.properties ?? {}).flatMap(([property, value]) => {
    const source = (value as { readonly 'x-source'?: string })['x-source'] ?? '';
    return source.startsWith(REQUEST) ? [{ property, field: source.slice(REQUEST.length) }] : [];
  });
}
