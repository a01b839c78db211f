/**
 * msw checks for a localStorage to keep cookies in. Node.js 25 and newer then print a warning about a missing file, which
 * would be confusing at the start of a run. Import this before msw.
 */
if (Object.getOwnPropertyDescriptor(globalThis, 'localStorage')?.get !== undefined) {
  Object.defineProperty(globalThis, 'localStorage', { value: undefined, configurable: true, writable: true });
}
