/**
 * Replaces tough-cookie, msw's cookie store, in the bundle: the mock sets no cookies. Loading tough-cookie's list of public
 * suffixes and looking up the host of each request would take 5% of a run.
 */
export class CookieJar {
  getCookiesSync(): readonly never[] {
    return [];
  }

  setCookie(): never {
    throw new Error('a bundled mock does not support cookies: see suites/targets/no-cookies.ts');
  }
}

export class MemoryCookieStore {}

/** Never finds a cookie. */
export const Cookie = { fromJSON: () => null };
