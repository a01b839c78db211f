import type { OpenAPIV3_1 } from 'openapi-types';
import type { Claim } from './claims.ts';
import { SetupError } from './setup-error.ts';

/** One rule of the document, with the claim that it enforces. */
export interface Constraint {
  /** JSON pointer into the resolved document, the keyword last; for `required`, the property's name after it. */
  readonly pointer: string;
  readonly keyword: string;
  readonly claim: string;
}

/** Keywords that restrict a value. Every one that stands in a schema of the document must name its claim. */
const RESTRICTING = new Set([
  ...['type', 'const', 'enum', 'pattern', 'format', 'required', 'not', 'x-source'],
  ...['minLength', 'maxLength', 'minimum', 'maximum', 'minItems', 'maxItems', 'additionalProperties'],
]);

type ClaimsBeside = Readonly<Record<string, string | Readonly<Record<string, string>>>>;

/**
 * Every constraint of the document's schemas, headers, statuses and media types.
 * @param document with its references resolved; a schema that is used twice is listed where it is used
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
 * Holds constraints and claims together: every restriction in a schema names a claim, and every name is defined.
 * @throws SetupError naming the first place where they differ
 */
export function checkConstraintClaims(document: OpenAPIV3_1.Document, claims: readonly Claim[], file: string): void {
  const must = new Set(claims.filter((claim) => claim.level === 'must').map((claim) => claim.id));
  for (const { pointer, claim } of listConstraints(document)) {
    if (!must.has(claim)) throw new SetupError(`${file}: ${pointer} names ${claim}, which is no "must" claim`);
  }
  for (const [name, schema] of Object.entries(document.components?.schemas ?? {})) {
    const silent = unclaimed(schema, `#/components/schemas/${name}`);
    if (silent !== undefined) throw new SetupError(`${file}: ${silent} names no claim; add it to x-claims`);
  }
}

/** The first restricting keyword of a schema, or of one inside it, that has no claim beside it. */
function unclaimed(schema: unknown, pointer: string): string | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined;
  if (Array.isArray(schema)) return first(schema.map((part, index) => unclaimed(part, `${pointer}/${index}`)));
  const claims = (schema as { 'x-claims'?: ClaimsBeside })['x-claims'] ?? {};
  for (const [key, value] of Object.entries(schema)) {
    // What stands under `not` describes what is forbidden; the claim is named beside the `not` itself.
    if (RESTRICTING.has(key) && !isServersOwn(key, value) && !covers(claims[key], value)) return `${pointer}/${key}`;
    const below =
      key === 'properties'
        ? first(
            Object.entries(value as object).map(([name, child]) => unclaimed(child, `${pointer}/properties/${name}`)),
          )
        : key === 'allOf' || key === 'oneOf'
          ? unclaimed(value, `${pointer}/${key}`)
          : undefined;
    if (below !== undefined) return below;
  }
  return undefined;
}

/** Only a source in the request is a promise to the caller. */
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
