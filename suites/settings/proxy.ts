import { isLoopback } from './base-url.ts';
import type { Environment } from './values.ts';

/** The variables that name a proxy, by precedence. */
const VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'] as const;

/** The proxy that requests go through. */
export interface ProxyInUse {
  /** The variable that names it. */
  readonly variable: string;
  /** Host and port, which may be printed. */
  readonly host: string;
  /** Including the password, if any. */
  readonly url: string;
}

/** Checks the proxies in the environment. Never prints their URLs, because they often contain a password. */
export function readProxy(env: Environment, problems: string[]): void {
  for (const name of VARIABLES) {
    const text = env[name];
    // An empty value turns the proxy off.
    if (text === undefined || text === '') continue;
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || !['http:', 'https:'].includes(url.protocol) || url.hostname === '')
      problems.push(
        `${name} is not the URL of a proxy (not shown): expected, for example, http://proxy.example.com:8080`,
      );
  }
}

/** The proxy for a base URL; undefined for none, for loopback and for hosts in NO_PROXY. */
export function proxyFor(baseUrl: string, env: Environment): ProxyInUse | undefined {
  const target = new URL(baseUrl);
  const variable = VARIABLES.slice(target.protocol === 'https:' ? 0 : 2).find((name) => (env[name] ?? '') !== '');
  const url = variable === undefined ? undefined : env[variable];
  if (variable === undefined || url === undefined || isLoopback(target.hostname) || isExempt(target, env))
    return undefined;
  return { variable, host: new URL(url).host, url };
}

/** Entries are names with or without a leading dot or a port; a star matches all. */
function isExempt({ hostname, port, protocol }: URL, env: Environment): boolean {
  const entries = (env['no_proxy'] ?? env['NO_PROXY'] ?? '').toLowerCase().split(/[,\s]+/);
  const own = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  return entries.some((entry) => {
    const [, name = '', at = own] = /^(?:\*?\.)?(.*?)(?::(\d+))?$/.exec(entry) ?? [];
    return entry === '*' || (name !== '' && at === own && `.${hostname}`.endsWith(`.${name}`));
  });
}

/** The passwords of the environment's proxies, as written and decoded, for masking. */
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
