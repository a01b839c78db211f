import { isLoopback } from './base-url.ts';
import type { Environment } from './values.ts';

/** The variables that name a proxy, in the order in which they count. */
const VARIABLES = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'] as const;

/** The proxy that a server is reached through. */
export interface ProxyInUse {
  /** The variable that names it. */
  readonly variable: string;
  /** Host and port: what may be shown of it. */
  readonly host: string;
  /** With the password, where it has one. */
  readonly url: string;
}

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

/** The proxy for a base URL; undefined for none, as for this machine itself and what NO_PROXY names. */
export function proxyFor(baseUrl: string, env: Environment): ProxyInUse | undefined {
  const target = new URL(baseUrl);
  const variable = VARIABLES.slice(target.protocol === 'https:' ? 0 : 2).find((name) => (env[name] ?? '') !== '');
  const url = variable === undefined ? undefined : env[variable];
  if (variable === undefined || url === undefined || isLoopback(target.hostname) || isExempt(target, env))
    return undefined;
  return { variable, host: new URL(url).host, url };
}

/** By names, with or without the dot of their subdomains and with or without a port, or by a star for all. */
function isExempt({ hostname, port, protocol }: URL, env: Environment): boolean {
  const entries = (env['no_proxy'] ?? env['NO_PROXY'] ?? '').toLowerCase().split(/[,\s]+/);
  const own = port === '' ? (protocol === 'https:' ? '443' : '80') : port;
  return entries.some((entry) => {
    const [, name = '', at = own] = /^(?:\*?\.)?(.*?)(?::(\d+))?$/.exec(entry) ?? [];
    return entry === '*' || (name !== '' && at === own && `.${hostname}`.endsWith(`.${name}`));
  });
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
