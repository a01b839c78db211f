import type { Patch } from '../patches.ts';
import { type RawDocument, type RawSchema, schemaAt } from './raw-document.ts';

/** A server with exactly one error. */
export interface Mutant {
  /** What is changed and how; stable and unique. */
  readonly id: string;
  /** The broken claim, which a run must blame. */
  readonly claim: string;
  readonly description: string;
  /** Other claims that the same change may break. */
  readonly related: readonly string[];
  /** Its origin. */
  readonly kind: 'answer' | 'body' | 'request' | 'fault' | 'combination';
  /** Pointers of the changed constraints in the document; see listConstraints. */
  readonly constraints?: readonly string[];
  /** Changes the contract for the mock. */
  readonly change?: (document: RawDocument) => void;
  /** Changes the mock itself. */
  readonly patch?: Patch;
}

/** What a mutant of a schema changes: the schema at the pointer, in the keyword. */
interface SchemaChange {
  readonly pointer: string;
  /** The changed constraint, relative to the schema. */
  readonly constraint: string;
  readonly change: (schema: RawSchema) => void;
}

/** A mutant that changes one constraint of one schema. */
export function schemaMutant(
  told: Omit<Mutant, 'change' | 'patch' | 'constraints' | 'related'> & Partial<Pick<Mutant, 'related'>>,
  { pointer, constraint, change }: SchemaChange,
): Mutant {
  return {
    ...{ related: [], ...told, constraints: [`${pointer}/${constraint}`] },
    change: (document) => change(schemaAt(document, pointer)),
  };
}
