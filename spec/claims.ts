import { readChecked } from './checked-file.ts';

/** `must`: a server that differs does not conform. `open`: the page leaves it open, and the suite only observes. */
export type Level = 'must' | 'open';

/** What a source other than the page says about the same topic. */
export interface Neighbour {
  /** In our words. */
  readonly what: string;
  readonly where: string;
}

/** One statement of the documentation page, or one question that it leaves open. */
export interface Claim {
  /** Frozen: never renumbered or reused. */
  readonly id: string;
  readonly level: Level;
  /** The heading on the page that the claim comes from. */
  readonly page: string;
  /** Our reading, in a sentence. */
  readonly reading: string;
  /** What the suite observes; open claims only. */
  readonly observes?: string;
  /** The possible interpretations of the page, all of which are accepted; open claims only. */
  readonly readings?: readonly string[];
  /** Why we chose this reading, if there are others. */
  readonly note?: string;
  /** Where neighbouring pages, SDKs and public samples differ or say more. No verdict depends on it. */
  readonly neighbours?: readonly Neighbour[];
}

const TEXT = { type: 'string', minLength: 1, description: 'a text' };
const ALONE = { not: {}, description: 'no such key: only open claims have it' };
const OPEN = {
  observes: TEXT,
  // With a single reading the claim would not be open.
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
 * @throws SetupError with the position of every incomplete, misspelt or duplicate entry
 */
export function loadClaims(file: string): Claim[] {
  return readChecked<Claim[]>(file, SCHEMA).value;
}
