import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { OpenAPIV3_1 } from 'openapi-types';
import { recall, remember } from './checked-before.ts';
import type { Claim } from './claims.ts';
import { readText } from './text-file.ts';

/** What servers are judged by: plain data, so that it can be sent to another thread and mutated. */
export interface Contract {
  /** The OpenAPI document with its references resolved. */
  readonly document: OpenAPIV3_1.Document;
  readonly claims: readonly Claim[];
  /** The document's own version. */
  readonly version: string;
  /** SHA-256 of openapi.yaml and claims.yaml, in hex: two runs with the same value were judged by the same contract. */
  readonly sha256: string;
}

/** Paths of the files that a contract is read from. */
export interface ContractFiles {
  readonly openapi: string;
  readonly claims: string;
}

/** The project's contract. */
export const CONTRACT_FILES: ContractFiles = {
  openapi: fileURLToPath(new URL('openapi.yaml', import.meta.url)),
  claims: fileURLToPath(new URL('claims.yaml', import.meta.url)),
};

/**
 * Reads and checks the contract: the document is valid OpenAPI, every schema compiles, every example matches its schema,
 * every constraint names an existing claim. A contract that the same code has checked before comes from the cache, because
 * checking takes longer than judging the mock.
 * @throws SetupError with the file and the position in it
 */
export async function loadContract(files: ContractFiles = CONTRACT_FILES): Promise<Contract> {
  const contents = [files.openapi, files.claims].map((file) => readText(file));
  const sha256 = createHash('sha256').update(contents.join('')).digest('hex');
  const key = createHash('sha256').update(sha256).update(checkersContent()).digest('hex');
  const known = recall<Contract>(key);
  if (known !== undefined) return known;
  const { checkContract } = await import('./check-contract.ts');
  const contract = { ...(await checkContract(files)), sha256 };
  remember(key, contract);
  return contract;
}

/** Content of the checking code, and of package.json for the versions of the packages that it uses. */
function checkersContent(): string {
  const folder = new URL('./', import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
  return ['../package.json', ...files].map((name) => readFileSync(new URL(name, folder), 'utf8')).join('');
}
