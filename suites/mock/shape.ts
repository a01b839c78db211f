import type { Schema } from './operation.ts';

/** Looks a value up by the name that the document's `x-source` uses. */
export type Sources = (name: string) => unknown;

/** Makes one object of a schema's properties, filled from the sources. */
export type Shaper = (sources: Sources) => Record<string, unknown>;

/** A schema without `allOf`: what is left is its properties. */
interface FlatSchema {
  readonly required: ReadonlySet<string>;
  readonly properties: Readonly<Record<string, Schema>>;
}

/** Merges a schema with everything in its `allOf`; later parts win. */
function flatten(schema: Schema): FlatSchema {
  const parts = (schema.allOf ?? []).map(flatten);
  return {
    required: new Set([...parts.flatMap((part) => [...part.required]), ...(schema.required ?? [])]),
    properties: Object.assign({}, ...parts.map((part) => part.properties), schema.properties),
  };
}

/**
 * Prepares a schema once, for all the answers that are shaped by it.
 * @param unsent what stands for an optional value that no source has; undefined leaves the property out
 */
export function compileShape(schema: Schema, unsent: '' | null | undefined): Shaper {
  const { required, properties } = flatten(schema);
  const parts = Object.entries(properties)
    .filter(([, property]) => property.not === undefined)
    .map(([name, property]) => {
      const otherwise = required.has(name) ? placeholder(property) : unsent;
      return { name, otherwise, value: compileValue(property, unsent) };
    });
  return (sources) => {
    const result: Record<string, unknown> = {};
    for (const { name, otherwise, value } of parts) {
      const found = value(sources) ?? otherwise;
      if (found !== undefined) result[name] = found;
    }
    return result;
  };
}

function compileValue(property: Schema, unsent: '' | null | undefined): (sources: Sources) => unknown {
  if ('const' in property) return () => property.const;
  if (property.type === 'object') return compileShape(property, unsent);
  const source = property['x-source'];
  return source === undefined ? () => placeholder(property) : (sources) => sources(source);
}

/** A value of the right type, for a property that the document gives no source. */
function placeholder(property: Schema): unknown {
  return property.type === 'string' ? '' : null;
}
