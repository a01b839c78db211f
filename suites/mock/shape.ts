import type { Schema } from './operation.ts';

/** Values by the names that the document's `x-source` uses. */
export type Sources = Readonly<Record<string, unknown>>;

/** A schema without `allOf`: what is left is its properties. */
export interface FlatSchema {
  readonly required: ReadonlySet<string>;
  readonly properties: Readonly<Record<string, Schema>>;
}

/** Merges a schema with everything in its `allOf`; later parts win. */
export function flatten(schema: Schema): FlatSchema {
  const parts = (schema.allOf ?? []).map(flatten);
  return {
    required: new Set([...parts.flatMap((part) => [...part.required]), ...(schema.required ?? [])]),
    properties: Object.assign({}, ...parts.map((part) => part.properties), schema.properties),
  };
}

/**
 * An object of the schema's properties, filled from the sources.
 * @param unsent what stands for an optional value that no source has; undefined leaves the property out
 */
export function shape(schema: FlatSchema, sources: Sources, unsent: '' | null | undefined): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, property] of Object.entries(schema.properties)) {
    if (property.not !== undefined) continue;
    const value = valueFor(property, sources, unsent) ?? (schema.required.has(name) ? placeholder(property) : unsent);
    if (value !== undefined) result[name] = value;
  }
  return result;
}

function valueFor(property: Schema, sources: Sources, unsent: '' | null | undefined): unknown {
  if ('const' in property) return property.const;
  if (property.type === 'object') return shape(flatten(property), sources, unsent);
  const source = property['x-source'];
  return source === undefined ? placeholder(property) : sources[source];
}

/** A value of the right type, for a property that the document gives no source. */
function placeholder(property: Schema): unknown {
  return property.type === 'string' ? '' : null;
}
