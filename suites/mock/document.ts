import type { OpenAPIV3_1 } from 'openapi-types';
import { loadContract } from '../../spec/contract.ts';

const { document } = await loadContract();

/**
 * The contract's document with its references resolved. The build inlines it here (suites/maintenance/build.ts), because a
 * browser cannot read files.
 */
export const DOCUMENT: OpenAPIV3_1.Document = document;
