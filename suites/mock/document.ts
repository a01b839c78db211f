import type { OpenAPIV3_1 } from 'openapi-types';
import { loadContract } from '../../spec/contract.ts';

const { document } = await loadContract();

/**
 * The contract's document with its references resolved. The build puts the document itself in this module's place
 * (suites/maintenance/build.ts), since a browser reads no files.
 */
export const DOCUMENT: OpenAPIV3_1.Document = document;
