import type { Credentials } from '../suites/cases/case.ts';
import { authorizationInShell, variableFor } from './curl.ts';
import type { ReportedExchange } from './reported-case.ts';
import type { ShownStep } from './steps.ts';

/** A form in which calls can be repeated, beside curl. */
interface Template {
  readonly name: string;
  /** The script; undefined where this form cannot hold what was sent. */
  readonly render: (steps: readonly ShownStep[], baseUrl: string | undefined) => string | undefined;
}

/** The Authorization header as an expression that JavaScript and Python both read, with the functions of HELPERS. */
const AUTHORIZATION: Readonly<Record<Exclude<Credentials, 'none'>, string>> = {
  right: 'basic(key + ":")',
  longer: 'basic(key + "x:")',
  shorter: 'basic(cut(0, -1) + ":")',
  'less-first': 'basic(cut(1, size) + ":")',
  'blank-added': 'basic(key + " :")',
  'first-changed': 'basic(changed(0) + cut(1, size) + ":")',
  'middle-changed': 'basic(cut(0, half) + changed(half) + cut(half + 1, size) + ":")',
  'last-changed': 'basic(cut(0, -1) + changed(size - 1) + ":")',
  'other-case': 'basic(swapped() + ":")',
  other: 'basic("conformance_not_a_key:")',
  empty: 'basic(":")',
  'with-password': 'basic(key + ":password")',
  'without-colon': 'basic(key)',
  'as-password': 'basic(":" + key)',
  'other-without-colon': 'basic("conformance_not_a_key")',
  bearer: '"Bearer " + key',
  'bearer-basic': 'basic(key + ":").replace("Basic", "Bearer")',
  'scheme-alone': '"Basic"',
  'not-base64': '"Basic %not-base64%"',
  prefixed: 'basic("x" + key + ":")',
  'bare-key': 'key',
  'other-scheme': 'basic(key + ":").replace("Basic", "Token")',
  // What sends headers by their names has no second one: joined, they read the same.
  'two-lines': 'basic("not_a_key_either:") + ", " + basic("conformance_not_a_key:")',
  'two-wrong': 'basic("not_a_key_either:") + ", " + basic("conformance_not_a_key:")',
};

/** What the expressions use, in both languages; a script has those alone that it needs. */
const HELPERS: readonly (readonly [name: string, script: string, python: string])[] = [
  ['size', 'const size = key.length;', 'size = len(key)'],
  ['half', 'const half = Math.floor(size / 2);', 'half = size // 2'],
  ['cut', 'const cut = (from, to) => key.slice(from, to);', 'cut = lambda start, end: key[start:end]'],
  [
    'changed',
    `const rows = ["abcdefghijklmnopqrstuvwxyza", "ABCDEFGHIJKLMNOPQRSTUVWXYZA", "12345678901"];
const changed = (at) => { const row = rows.find((one) => one.includes(key[at])); return row ? row[row.indexOf(key[at]) + 1] : "x"; };`,
    `rows = ["abcdefghijklmnopqrstuvwxyza", "ABCDEFGHIJKLMNOPQRSTUVWXYZA", "12345678901"]
changed = lambda at: next((row[row.index(key[at]) + 1] for row in rows if key[at] in row), "x")`,
  ],
  [
    'swapped',
    'const swapped = () => key.replace(/[a-z]/gi, (c) => (c === c.toLowerCase() ? c.toUpperCase() : c.toLowerCase()));',
    'swapped = key.swapcase',
  ],
  [
    'basic',
    'const basic = (user) => "Basic " + btoa(user);',
    'basic = lambda user: "Basic " + base64.b64encode(user.encode()).decode()',
  ],
];

/** Every form; a new one is one entry. Key, merchant id and, where it is not known, the base URL come from the environment. */
export const TEMPLATES: readonly Template[] = [
  {
    name: 'JavaScript (fetch)',
    render: (steps, baseUrl) => `const env = process.env, key = env.JUSPAY_API_KEY;
const base = ${baseUrl === undefined ? 'env.JUSPAY_BASE_URL' : literal(baseUrl)};
${preludeOf(steps, 1, (name) => `env.${name}`)
  .map((line) => line.replace(/^(authorization|masked) = (.*)$/, 'const $1 = $2;'))
  .join('\n')}
const steps = ${callsOf(steps)};
const send = ({ method, path, credentials, headers, body }) => {
  for (const name in headers) headers[name] = masked[headers[name]] ?? headers[name];
  if (credentials in authorization) headers.authorization = authorization[credentials];
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
env, key = os.environ, os.environ["JUSPAY_API_KEY"]
base = urllib.parse.urlsplit(${baseUrl === undefined ? 'env["JUSPAY_BASE_URL"]' : literal(baseUrl)})
${preludeOf(steps, 2, (name) => `env["${name}"]`).join('\n')}
steps = ${callsOf(steps)}
def send(call):
    headers = {name: masked.get(value, value) for name, value in call["headers"].items()}
    if call["credentials"] in authorization: headers["authorization"] = authorization[call["credentials"]]
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

function httpRequest({ request, credentials }: ReportedExchange, baseUrl = '{{JUSPAY_BASE_URL}}'): string {
  const authorization = authorizationInShell(credentials);
  const headers = Object.entries(request.headers).map(([name, value]) => {
    const variable = variableFor(value);
    return `${name}: ${variable === undefined ? value : `{{${variable}}}`}`;
  });
  return [
    ...(authorization === undefined ? [] : [`# authorization is what this prints: printf %s "${authorization}"`]),
    `${request.method} ${baseUrl}${request.path}`,
    ...(authorization === undefined ? [] : ['authorization: {{authorization}}']),
    ...headers,
    '',
    request.body,
  ].join('\n');
}

/** The helpers that are needed, then what each kind of credentials and each mask stands for, as lines that assign it. */
function preludeOf(steps: readonly ShownStep[], language: 1 | 2, variable: (name: string) => string): string[] {
  const calls = steps.flatMap(({ exchanges }) => exchanges);
  const kinds = [...new Set(calls.map(({ credentials }) => credentials))].filter((kind) => kind !== 'none');
  const values = new Set(calls.flatMap(({ request }) => Object.values(request.headers)));
  const masks = [...values].flatMap((value) => {
    const name = variableFor(value);
    return name === undefined ? [] : [`${literal(value)}: ${variable(name)}`];
  });
  const expressions = kinds.map((kind) => AUTHORIZATION[kind]).join(' ');
  const helpers = HELPERS.filter(([name]) => new RegExp(`\\b${name}\\b`).test(expressions));
  return [
    ...helpers.map((helper) => helper[language]),
    `authorization = { ${kinds.map((kind) => `${literal(kind)}: ${AUTHORIZATION[kind]}`).join(', ')} }`,
    `masked = { ${masks.join(', ')} }`,
  ];
}

/** The calls as data that JavaScript and Python both read: lists, objects and strings alone. */
function callsOf(steps: readonly ShownStep[]): string {
  const lines = steps.map(({ exchanges }) => {
    const calls = exchanges.map(({ request: { method, path, headers, body }, credentials }) =>
      literal({ method, path, credentials, headers, body }),
    );
    return `  [${calls.join(',\n   ')}],`;
  });
  return `[\n${lines.join('\n')}\n]`;
}

/** A value as JSON, with what a reader could not see or a copied text does not keep as escapes. */
function literal(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
