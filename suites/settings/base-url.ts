import { type Environment, oneOf, optional } from './values.ts';

const NAME = 'JUSPAY_BASE_URL';

/** Reads the base URL, without a trailing slash. Adds what is wrong to `problems`. */
export function readBaseUrl(env: Environment, problems: string[]): string {
  const before = problems.length;
  const text = optional(env, NAME, problems);
  if (problems.length > before) return '';
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    const isBare = !text.includes('//') && URL.canParse(`https://${text}`);
    problems.push(
      `${NAME} is not an http or https URL: ${isBare ? 'start it with http:// or https://' : 'expected, for example, https://sandbox.juspay.in'}`,
    );
    return '';
  }
  if (/\/customers(?:\/|$)/.test(url.pathname)) {
    const base = `${url.origin}${url.pathname.replace(/(?:\/v2)?\/customers\/?.*$/, '')}`;
    problems.push(`${NAME} includes the operation's path, which the suite adds itself: set it to ${base}`);
  }
  if (url.username !== '' || url.password !== '')
    problems.push(`${NAME} contains credentials: put the key into JUSPAY_API_KEY`);
  if (url.search !== '' || url.hash !== '')
    problems.push(`${NAME} has a query or a fragment: expected an origin and a path`);
  const allowed = oneOf<'0' | '1'>(env, 'JUSPAY_ALLOW_HTTP', '0', problems);
  if (url.protocol === 'http:' && !isLoopback(url.hostname) && allowed !== '1') {
    problems.push(
      `${NAME} would send the key over plain http to ${url.host}: use https, or set JUSPAY_ALLOW_HTTP=1 if that network is yours`,
    );
  }
  if (isProductionHost(url.hostname)) refuseUnlessTypedOut(env, url, problems);
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** "1" or "true" may be set by accident, or by a pipeline for all its jobs; a host name is deliberate. */
function refuseUnlessTypedOut(env: Environment, url: URL, problems: string[]): void {
  const host = plainName(url.hostname);
  if (env['JUSPAY_ALLOW_PRODUCTION'] === host && url.protocol === 'https:') return;
  problems.push(
    `${NAME} names a production host, ${host}: this suite creates customers. Use https://sandbox.juspay.in. If you ` +
      `have to and are allowed to, set JUSPAY_ALLOW_PRODUCTION to that host's exact name; the run is then reduced to refused calls and one customer`,
  );
}

/** Whether a URL's host name is a loopback name or address. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}

/** The domains of the production API. Partners have domains of their own. */
const PRODUCTION = /(?:^|\.)(?:juspay\.(?:in|io|com)|hyperpg\.in|smartgateway\.hdfcbank\.com)$/;

/** Whether a host belongs to Juspay or a partner and is not a sandbox. */
export function isProductionHost(hostname: string): boolean {
  const name = plainName(hostname);
  return PRODUCTION.test(name) && !name.split('.').some((label) => label.split('-').includes('sandbox'));
}

/** `API.Juspay.in.` is the same host as `api.juspay.in`: a trailing dot marks a fully qualified name. */
function plainName(hostname: string): string {
  return hostname.toLowerCase().replace(/\.+$/, '');
}
