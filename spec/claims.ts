import { readChecked } from './checked-file.ts';

/** `must`: a server that differs does not conform. `open`: the page leaves it open, and what a server does is observed. */
export type Level = 'must' | 'open';

/** What somebody else than the page says of the same thing. */
export interface Neighbour {
  /** In our words. */
  readonly what: string;
  readonly where: string;
}

/** One thing that the documentation page says, or leaves open. */
export interface Claim {
  /** Frozen: never renumbered, never reused. */
  readonly id: string;
  readonly level: Level;
  /** The page's heading that the claim comes from. */
  readonly page: string;
  /** Our reading, in a sentence. */
  readonly reading: string;
  /** What is looked at; for an open claim alone. */
  readonly observes?: string;
  /** Ways in which the page can be understood there, none of which a server is failed for; for an open claim alone. */
  readonly readings?: readonly string[];
  /** Why it is read so, where it could be read in another way. */
  readonly note?: string;
  /** What neighbouring pages, SDKs and public samples say otherwise, or beside it. No verdict depends on it. */
  readonly neighbours?: readonly Neighbour[];
}

const TEXT = { type: 'string', minLength: 1, description: 'a text' };
const ALONE = { not: {}, description: 'no such key: it belongs to open claims' };
const OPEN = {
  observes: TEXT,
  // One reading alone would be no open claim.
  readings: { type: 'array', minItems: 2, items: TEXT, description: 'a list of two texts or more' },
};

const SCHEMA = {
  type: 'array',
  description: 'a list of claims',
  uniqueBy: ['id'],
  items: {
    type: 'object',
    description: 'a claim',
    required: ['id', 'level', 'page', 'reading'],
    additionalProperties: false,
    properties: {
      id: { type: 'string', pattern: '^[A-Z]{2}-\\d+$', description: 'two capitals and a number, like AB-1' },
      level: { enum: ['must', 'open'], description: '"must" or "open"' },
      page: TEXT,
      reading: TEXT,
      note: TEXT,
      ...OPEN,
      neighbours: {
        type: 'array',
        minItems: 1,
        description: 'a list of what and where',
        items: {
          type: 'object',
          description: 'what and where',
          required: ['what', 'where'],
          additionalProperties: false,
          properties: { what: TEXT, where: TEXT },
        },
      },
    },
    if: { type: 'object', properties: { level: { const: 'open' } } },
    // biome-ignore lint/suspicious/noThenProperty: JSON Schema's own word
    then: { required: Object.keys(OPEN), properties: OPEN },
    else: { properties: { observes: ALONE, readings: ALONE } },
  },
};

/**
 * Reads the table of claims.
 * @param file path of claims.yaml
 * @throws SetupError with the place of everything that is incomplete, misspelt or there twice
 */
export function loadClaims(file: string): Claim[] {
  return readChecked<Claim[]>(file, SCHEMA).value;
}
