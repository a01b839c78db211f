import type { OpenAPIV3_1 } from 'openapi-types';
import type { Claim } from './claims.ts';
import { SetupError } from './setup-error.ts';

/** One constraint of the document, with the claim that it enforces. */
export interface Constraint {
  /** JSON pointer into the resolved document, ending in the keyword; for `required`, followed by the property's name. */
  readonly pointer: string;
  readonly keyword: string;
  readonly claim: string;
}

/** JSON Schema keywords that restrict a value. Each use of one in the document must name its claim. */
export const RESTRICTING: ReadonlySet<string> = new Set([
  ...['type', 'nullable', 'const', 'enum', 'pattern', 'format', 'x-source', 'minLength', 'maxLength'],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
  ...['minItems', 'maxItems', 'uniqueItems', 'contains', 'minContains', 'maxContains', 'unevaluatedItems'],
  ...['required', 'minProperties', 'maxProperties', 'additionalProperties', 'unevaluatedProperties', 'propertyNames'],
  ...['dependentRequired', 'dependentSchemas', 'not', 'anyOf', 'oneOf', 'if'],
]);

/** Keywords whose value is a schema, or a list or map of schemas, that reports its own errors. */
const SUBSCHEMAS: ReadonlyMap<string, 'one' | 'several'> = new Map([
  ...['properties', 'patternProperties', 'dependentSchemas', 'prefixItems', 'allOf', 'anyOf', 'oneOf'].map(
    (keyword) => [keyword, 'several'] as const,
  ),
  ...['items', 'contains', 'propertyNames', 'additionalProperties', 'unevaluatedItems', 'then', 'else'].map(
    (keyword) => [keyword, 'one'] as const,
  ),
]);

type ClaimsBeside = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/**
 * Every constraint on the document's schemas, headers, statuses and media types.
 * @param document with its references resolved; a schema that is used twice is listed at each use
 */
export function listConstraints(document: OpenAPIV3_1.Document): Constraint[] {
  return [
    ...constraintsOf(document.paths, '#/paths'),
    ...constraintsOf(document.components?.schemas, '#/components/schemas'),
  ];
}

function* constraintsOf(node: unknown, pointer: string): Generator<Constraint> {
  if (typeof node !== 'object' || node === null) return;
  const claims = (node as { 'x-claims'?: ClaimsBeside })['x-claims'] ?? {};
  for (const [keyword, claim] of Object.entries(claims)) {
    if (typeof claim === 'string') yield { pointer: `${pointer}/${keyword}`, keyword, claim };
    else {
      for (const [name, one] of Object.entries(claim))
        yield { pointer: `${pointer}/${keyword}/${name}`, keyword, claim: one };
    }
  }
  for (const [key, child] of Object.entries(node)) {
    if (key !== 'x-claims' && key !== 'examples') yield* constraintsOf(child, `${pointer}/${key}`);
  }
}

/**
 * Checks that every constraint in a schema names a claim, and that the claim exists.
 * @throws SetupError naming the first constraint for which this is not so
 */
export function checkConstraintClaims(document: OpenAPIV3_1.Document, claims: readonly Claim[], file: string): void {
  const must = new Set(claims.filter((claim) => claim.level === 'must').map((claim) => claim.id));
  for (const { pointer, claim } of listConstraints(document)) {
    if (!must.has(claim)) throw new SetupError(`${file}: ${pointer} names ${claim}, which is not a "must" claim`);
  }
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    const silent = unclaimed(schema, `#/components/schemas/${name}`);
    if (silent !== undefined) throw new SetupError(`${file}: ${silent} names no claim; add it to x-claims`);
  }
}

/** The first restricting keyword of a schema or its subschemas that has no claim beside it. */
function unclaimed(schema: unknown, pointer: string): string | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined;
  const claims = (schema as { 'x-claims'?: ClaimsBeside })['x-claims'] ?? {};
  for (const [key, value] of Object.entries(schema)) {
    // A schema under `not` describes what is forbidden; the claim stands beside the `not` itself.
    if (RESTRICTING.has(key) && !isServersOwn(key, value) && !covers(claims[key], value)) return `${pointer}/${key}`;
    const below = first(subschemas(schema, key).map(([path, child]) => unclaimed(child, `${pointer}/${path}`)));
    if (below !== undefined) return below;
  }
  return undefined;
}

/** The subschemas under a keyword, each with its path. */
export function subschemas(schema: object, keyword: string): [path: string, schema: object][] {
  const value: unknown = (schema as Record<string, unknown>)[keyword];
  const kind = SUBSCHEMAS.get(keyword);
  if (kind === undefined || typeof value !== 'object' || value === null) return [];
  if (kind === 'one') return [[keyword, value]];
  return Object.entries(value).map(([name, child]): [string, object] => [`${keyword}/${name}`, child as object]);
}

/** An `x-source` is a promise to the caller only if it points into the request. */
function isServersOwn(keyword: string, value: unknown): boolean {
  return keyword === 'x-source' && !String(value).startsWith('request.');
}

function covers(claim: ClaimsBeside[string] | undefined, value: unknown): boolean {
  if (typeof claim === 'object') return Array.isArray(value) && value.every((name) => String(name) in claim);
  return claim !== undefined;
}

function first(places: readonly (string | undefined)[]): string | undefined {
  return places.find((place) => place !== undefined);
}
