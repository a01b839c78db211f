import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import SwaggerParser from '@apidevtools/swagger-parser';
import type { OpenAPIV3_1 } from 'openapi-types';
import { type Claim, loadClaims } from './claims.ts';
import { checkConstraintClaims } from './constraints.ts';
import { ContractError, messageOf } from './contract-error.ts';
import { checkExamples } from './examples.ts';
import { compileSchemas } from './schemas.ts';

/** What is judged against: plain data, so that it can be handed to another thread and be changed by a mutation. */
export interface Contract {
  /** The OpenAPI document with its references resolved. */
  readonly document: OpenAPIV3_1.Document;
  readonly claims: readonly Claim[];
  /** The document's own version. */
  readonly version: string;
  /** SHA-256 of openapi.yaml and claims.yaml, hexadecimal: two runs with the same value were judged alike. */
  readonly sha256: string;
}

/** The files a contract is read from. */
export interface ContractFiles {
  readonly openapi: string;
  readonly claims: string;
}

/** The contract's own files. */
export const CONTRACT_FILES: ContractFiles = {
  openapi: fileURLToPath(new URL('openapi.yaml', import.meta.url)),
  claims: fileURLToPath(new URL('claims.yaml', import.meta.url)),
};

/**
 * Reads and checks the contract: the document is valid OpenAPI, every schema compiles, every example is accepted by its
 * own schema, every constraint names a claim that exists.
 * @throws ContractError with the file and the place in it
 */
export async function loadContract(files: ContractFiles = CONTRACT_FILES): Promise<Contract> {
  const claims = loadClaims(files.claims);
  const document = await resolveDocument(files.openapi);
  compileSchemas(document);
  checkExamples(document, files.openapi);
  checkConstraintClaims(document, claims, files.openapi);
  const hash = createHash('sha256');
  for (const file of [files.openapi, files.claims]) hash.update(readFileSync(file));
  return { document, claims, version: document.info.version, sha256: hash.digest('hex') };
}

/**
 * The document with every reference replaced by what it names.
 * @param source a file, or a parsed document that still has its references (it is changed in place)
 */
export async function resolveDocument(source: string | OpenAPIV3_1.Document): Promise<OpenAPIV3_1.Document> {
  try {
    // References are followed inside the file alone: a contract that fetches something is not the one that was reviewed.
    const resolved = await SwaggerParser.validate(source, { resolve: { external: false } });
    return resolved as OpenAPIV3_1.Document;
  } catch (thrown) {
    const place = typeof source === 'string' ? source : 'document';
    throw new ContractError(`${place}: not a valid OpenAPI document: ${messageOf(thrown)}`);
  }
}
