import { USER } from './curl.ts';
import type { ReportedExchange } from './report.ts';
import type { ShownStep } from './steps.ts';

/** A form in which calls can be repeated, beside curl. */
interface Template {
  readonly name: string;
  /** The script; undefined where this form cannot hold what was sent. */
  readonly render: (steps: readonly ShownStep[], baseUrl: string | undefined) => string | undefined;
}

/** The user-name part of Basic, as an expression of `key`. */
const USERS: Partial<Record<ReportedExchange['credentials'], readonly [script: string, python: string]>> = {
  right: ['key + ":"', 'key + ":"'],
  longer: ['key + "x:"', 'key + "x:"'],
  shorter: ['key.slice(0, -1) + ":"', 'key[:-1] + ":"'],
  'other-case': [
    'key.replace(/[a-z]/gi, (c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase())) + ":"',
    'key.swapcase() + ":"',
  ],
  other: ['"conformance_not_a_key:"', '"conformance_not_a_key:"'],
  empty: ['":"', '":"'],
  'with-password': ['key + ":password"', 'key + ":password"'],
  'without-colon': ['key', 'key'],
};

/** Every form; a new one is one entry. Key, merchant id and, where it is not known, the base URL come from the environment. */
export const TEMPLATES: readonly Template[] = [
  {
    name: 'JavaScript (fetch)',
    render: (
      steps,
      baseUrl,
    ) => `const { JUSPAY_API_KEY: key, JUSPAY_MERCHANT_ID: merchant, JUSPAY_BASE_URL } = process.env;
const base = ${baseUrl === undefined ? 'JUSPAY_BASE_URL' : literal(baseUrl)};
const users = { ${usersOf(steps, 0)} };
const steps = ${callsOf(steps)};
const send = ({ method, path, user, headers, body }) => {
  if (headers["x-merchantid"] === "[merchant id]") headers["x-merchantid"] = merchant;
  if (user in users) headers.authorization = "Basic " + btoa(users[user]);
  return fetch(base + path, { method, headers, body: new TextEncoder().encode(body) });
};
(async () => {
  for (const calls of steps) {
    for (const answer of await Promise.all(calls.map(send))) console.log(answer.status, await answer.text());
  }
})();`,
  },
  {
    name: 'Python',
    render: (steps, baseUrl) => `import base64, concurrent.futures, http.client, os, urllib.parse
key, merchant = os.environ["JUSPAY_API_KEY"], os.environ["JUSPAY_MERCHANT_ID"]
base = urllib.parse.urlsplit(${baseUrl === undefined ? 'os.environ["JUSPAY_BASE_URL"]' : literal(baseUrl)})
users = { ${usersOf(steps, 1)} }
steps = ${callsOf(steps)}
def send(call):
    headers = call["headers"]
    if headers.get("x-merchantid") == "[merchant id]": headers["x-merchantid"] = merchant
    if call["user"] in users: headers["authorization"] = "Basic " + base64.b64encode(users[call["user"]].encode()).decode()
    kind = http.client.HTTPSConnection if base.scheme == "https" else http.client.HTTPConnection
    connection = kind(base.netloc)
    connection.request(call["method"], base.path + call["path"], call["body"].encode(), headers)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()
for calls in steps:
    with concurrent.futures.ThreadPoolExecutor(len(calls)) as pool:
        for answer in pool.map(send, calls): print(*answer)`,
  },
  {
    name: '.http file',
    render: (steps, baseUrl) => {
      const calls = steps.flatMap(({ exchanges }) => exchanges);
      // Such a file has lines: what ends one, or cannot be seen, it cannot hold.
      if (calls.some(({ request }) => /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(request.body))) return undefined;
      return calls.map((call) => httpRequest(call, baseUrl)).join('\n\n###\n\n');
    },
  },
];

/** Whether the scripts know how to make the credentials of these calls; curl knows all of them. */
export function canBeScripted(steps: readonly ShownStep[]): boolean {
  return steps.every(({ exchanges }) =>
    exchanges.every(({ credentials }) => credentials === 'none' || USERS[credentials] !== undefined),
  );
}

function httpRequest({ request, credentials }: ReportedExchange, baseUrl = '{{baseUrl}}'): string {
  const user = USER[credentials];
  const headers = Object.entries(request.headers).map(
    ([name, value]) => `${name}: ${value === '[merchant id]' ? '{{merchantId}}' : value}`,
  );
  return [
    ...(user === undefined ? [] : [`# basic is what this prints: printf %s ${user} | base64`]),
    `${request.method} ${baseUrl}${request.path}`,
    ...(user === undefined ? [] : ['authorization: Basic {{basic}}']),
    ...headers,
    '',
    request.body,
  ].join('\n');
}

/** The calls as data that JavaScript and Python both read: lists, objects and strings alone. */
function callsOf(steps: readonly ShownStep[]): string {
  const lines = steps.map(({ exchanges }) => {
    const calls = exchanges.map(({ request: { method, path, headers, body }, credentials }) =>
      literal({ method, path, user: credentials, headers, body }),
    );
    return `  [${calls.join(',\n   ')}],`;
  });
  return `[\n${lines.join('\n')}\n]`;
}

function usersOf(steps: readonly ShownStep[], language: 0 | 1): string {
  const kinds = new Set(steps.flatMap(({ exchanges }) => exchanges.map(({ credentials }) => credentials)));
  return [...kinds]
    .flatMap((kind) => (USERS[kind] === undefined ? [] : [`${literal(kind)}: ${USERS[kind][language]}`]))
    .join(', ');
}

/** A value as JSON, with what a reader could not see or a copied text does not keep as escapes. */
function literal(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
