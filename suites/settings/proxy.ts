import type { Environment } from './values.ts';

/** The variables that name a proxy, in the order in which they count. */
const VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'] as const;

/** Checks the proxies that the environment names. They are often written with a password, so they are never shown. */
export function readProxy(env: Environment, problems: string[]): void {
  for (const name of VARIABLES) {
    const text = env[name];
    // Empty is how a proxy is switched off.
    if (text === undefined || text === '') continue;
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.hostname === '')
      problems.push(`${name} is no proxy's URL (not shown): expected one like http://proxy.example.com:8080`);
  }
}

/** The passwords of the environment's proxies, as written and decoded: what must not leave the process. */
export function proxyPasswords(env: Environment): string[] {
  return VARIABLES.flatMap((name) => {
    const text = env[name];
    if (text === undefined || !URL.canParse(text)) return [];
    const { password } = new URL(text);
    return password === '' ? [] : [password, decodeOrKeep(password)];
  });
}

function decodeOrKeep(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
