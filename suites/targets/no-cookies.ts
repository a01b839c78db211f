/**
 * What stands in the bundle for tough-cookie, which msw keeps cookies with: the mock sets none. The list of public domains
 * that tough-cookie brings, and looking each request's host up in it, would take a twentieth of a run.
 */
export class CookieJar {
  getCookiesSync(): readonly never[] {
    return [];
  }

  setCookie(): never {
    throw new Error('the mock of a bundled run keeps no cookies: see suites/targets/no-cookies.ts');
  }
}

export class MemoryCookieStore {}

/** Nothing was kept that could be read again. */
export const Cookie = { fromJSON: () => null };
