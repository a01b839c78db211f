/**
 * msw looks whether there is a localStorage to keep cookies in. Node.js 25 and newer warn of a missing file at the mere look,
 * and a warning of ours is not what a run should begin with. To be imported before msw.
 */
if (Object.getOwnPropertyDescriptor(globalThis, 'localStorage')?.get !== undefined) {
  Object.defineProperty(globalThis, 'localStorage', { value: undefined, configurable: true, writable: true });
}
