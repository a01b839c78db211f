import SwaggerParser from '@apidevtools/swagger-parser';
import type { OpenAPIV3_1 } from 'openapi-types';
import { loadClaims } from './claims.ts';
import { checkConstraintClaims } from './constraints.ts';
import { checkExamples } from './examples.ts';
import { compileSchemas } from './schemas.ts';
import { messageOf, SetupError } from './setup-error.ts';

/** Reads the contract's files and validates them. @throws SetupError */
export async function checkContract(files: { readonly openapi: string; readonly claims: string }) {
  const claims = loadClaims(files.claims);
  const document = await resolveDocument(files.openapi);
  try {
    compileSchemas(document);
  } catch (thrown) {
    throw new SetupError(`${files.openapi}: ${messageOf(thrown)}`);
  }
  checkExamples(document, files.openapi);
  checkConstraintClaims(document, claims, files.openapi);
  return { document, claims, version: document.info.version };
}

/** The document with its references resolved. @throws SetupError if it is not valid OpenAPI */
async function resolveDocument(file: string): Promise<OpenAPIV3_1.Document> {
  try {
    // Local references only: a contract that fetches something is not the one that was reviewed.
    const resolved = await SwaggerParser.validate(file, { resolve: { external: false } });
    return resolved as OpenAPIV3_1.Document;
  } catch (thrown) {
    throw new SetupError(`${file}: not a valid OpenAPI document: ${messageOf(thrown)}`);
  }
}
