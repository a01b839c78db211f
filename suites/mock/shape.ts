import type { Schema } from './operation.ts';

/** Returns the getter for an `x-source`; called once, at compile time. */
export type Sources<From> = (name: string) => (from: From) => unknown;

/** Builds an object with a schema's properties. */
export type Shaper<From> = (from: From) => Record<string, unknown>;

/** Value of an optional property without data; undefined omits it. */
type Unsent = '' | null | undefined;

/** A schema with its `allOf` merged. */
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

/** Compiles a schema once, for all answers shaped by it. */
export function compileShape<From>(schema: Schema, unsent: Unsent, sources: Sources<From>): Shaper<From> {
  const { required, properties } = flatten(schema);
  const parts = Object.entries(properties)
    .filter(([, property]) => property.not === undefined)
    .map(([name, property]) => {
      const otherwise = required.has(name) ? placeholder(property) : unsent;
      return { name, otherwise, value: compileValue(property, unsent, sources) };
    });
  return (from) => {
    const result: Record<string, unknown> = {};
    for (const { name, otherwise, value } of parts) {
      const found = value(from) ?? otherwise;
      if (found !== undefined) result[name] = found;
    }
    return result;
  };
}

function compileValue<From>(property: Schema, unsent: Unsent, sources: Sources<From>): (from: From) => unknown {
  if ('const' in property) return () => property.const;
  if (property.type === 'object') return compileShape(property, unsent, sources);
  const source = property['x-source'];
  return source === undefined ? () => placeholder(property) : sources(source);
}

/** A value of the right type, for a property without `x-source`. */
function placeholder(property: Schema): unknown {
  return property.type === 'string' ? '' : null;
}
