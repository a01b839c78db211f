type Prepare = (error: Error, frames: NodeJS.CallSite[]) => unknown;

/**
 * Makes `error.stack` safe to read in vitest's main process. With `fsModuleCache`, vitest 4.1 passes bytes instead of text to
 * its source-map lookup, so that reading a stack throws, which Node.js itself does when a connection breaks. Without the
 * map a stack still has the file, and the line in the transformed code.
 */
export function makeStacksSafe(): void {
  const mapped: Prepare | undefined = Error.prepareStackTrace;
  if (mapped === undefined) return;
  Error.prepareStackTrace = (error, frames): unknown => {
    try {
      return mapped(error, frames);
    } catch {
      return [`${error.name}: ${error.message}`, ...frames.map((frame) => `    at ${String(frame)}`)].join('\n');
    }
  };
}
