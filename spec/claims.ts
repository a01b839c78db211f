import { parse } from 'yaml';
import { messageOf, SetupError } from './setup-error.ts';
import { readText } from './text-file.ts';

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

const KEYS = new Set(['id', 'level', 'page', 'reading', 'observes', 'readings', 'note', 'neighbours']);

/**
 * Reads the table of claims.
 * @param file path of claims.yaml
 * @throws SetupError naming the entry that is incomplete, misspelt or there twice
 */
export function loadClaims(file: string): Claim[] {
  let entries: unknown;
  try {
    entries = parse(readText(file));
  } catch (thrown) {
    throw new SetupError(`${file}: not readable as YAML: ${messageOf(thrown)}`);
  }
  if (!Array.isArray(entries)) throw new SetupError(`${file}: expected a list of claims`);
  const ids = new Set<string>();
  return entries.map((entry: unknown, index) => {
    const claim = checkClaim(entry, `${file}: entry ${index + 1}`);
    if (ids.has(claim.id)) throw new SetupError(`${file}: claim ${claim.id} is defined twice`);
    ids.add(claim.id);
    return claim;
  });
}

function checkClaim(entry: unknown, place: string): Claim {
  if (typeof entry !== 'object' || entry === null) throw new SetupError(`${place}: expected an object`);
  const fields = entry as Record<string, unknown>;
  const where = typeof fields['id'] === 'string' ? `${place} (${fields['id']})` : place;
  for (const [key, value] of Object.entries(fields)) {
    if (!KEYS.has(key)) throw new SetupError(`${where}: unknown key "${key}"`);
    if (key === 'readings') checkReadings(value, where);
    else if (key === 'neighbours') checkNeighbours(value, where);
    else if (typeof value !== 'string' || value === '') throw new SetupError(`${where}: "${key}" must be a text`);
  }
  for (const key of ['id', 'level', 'page', 'reading']) {
    if (!(key in fields)) throw new SetupError(`${where}: "${key}" is missing`);
  }
  if (!/^[A-Z]{2}-\d+$/.test(String(fields['id'])))
    throw new SetupError(`${where}: an id is two capitals and a number`);
  if (fields['level'] !== 'must' && fields['level'] !== 'open') {
    throw new SetupError(`${where}: level must be "must" or "open", not "${String(fields['level'])}"`);
  }
  if ((fields['level'] === 'open') !== 'observes' in fields) {
    throw new SetupError(`${where}: "observes" belongs to open claims, and to each of them`);
  }
  if ((fields['level'] === 'open') !== 'readings' in fields) {
    throw new SetupError(`${where}: "readings" belongs to open claims, and to each of them`);
  }
  return entry as Claim;
}

/** One reading alone would be no open claim. */
function checkReadings(value: unknown, where: string): void {
  const texts = Array.isArray(value) ? value.filter((text) => typeof text === 'string' && text !== '') : [];
  if (!Array.isArray(value) || texts.length !== value.length || texts.length < 2) {
    throw new SetupError(`${where}: "readings" must be a list of two texts or more`);
  }
}

function checkNeighbours(value: unknown, where: string): void {
  const isOne = (one: unknown): boolean => {
    const texts = typeof one === 'object' && one !== null ? Object.entries(one) : [];
    return texts.length === 2 && texts.every(([key, text]) => /^wh(?:at|ere)$/.test(key) && typeof text === 'string');
  };
  if (!Array.isArray(value) || value.length === 0 || !value.every(isOne)) {
    throw new SetupError(`${where}: "neighbours" must be a list of what and where`);
  }
}
