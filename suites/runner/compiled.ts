import nodeModule from 'node:module';

/** Of Node.js 22.8 and newer. */
type WithCompileCache = { readonly enableCompileCache?: (folder: string) => unknown };

/**
 * Keeps the code that Node.js compiles, for the next run: where this Node.js can, and nobody said where to keep it.
 * @param folder made where it is not there
 */
export function keepCompiled(folder: string): void {
  if (process.env['NODE_COMPILE_CACHE'] !== undefined) return;
  (nodeModule as WithCompileCache).enableCompileCache?.(folder);
  // The worker's Node.js is told by this alone.
  process.env['NODE_COMPILE_CACHE'] = folder;
}
