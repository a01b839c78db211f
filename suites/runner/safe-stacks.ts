type Prepare = (error: Error, frames: NodeJS.CallSite[]) => unknown;

/**
 * Lets stacks be read in vitest's main process. With `fsModuleCache`, vitest 4.1 hands its source-map lookup a module's
 * bytes where it expects text, so that reading `error.stack` throws, and Node itself reads it when a connection breaks.
 * Without the map a stack still names the file and, there, the line of the transformed code.
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
