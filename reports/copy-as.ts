import { authorizationInShell, variableFor } from './curl.ts';
import type { ReportedExchange } from './reported-case.ts';
import type { ShownStep } from './steps.ts';

/** A form, other than curl, in which calls can be repeated. */
interface Template {
  readonly name: string;
  /** The script; undefined if this form cannot contain what was sent. */
  readonly render: (steps: readonly ShownStep[], baseUrl: string | undefined) => string | undefined;
}

/**
 * How a language writes the ordinary Authorization header, another variable, and the shell command for an unusual header.
 */
interface Language {
  readonly right: string;
  readonly variable: (name: string) => string;
  readonly shell: string;
}

const JAVASCRIPT: Language = {
  right: '"Basic " + btoa(env.JUSPAY_API_KEY + ":")',
  variable: (name) => `env.${name}`,
  shell:
    'const shell = (command) => process.getBuiltinModule("child_process").execFileSync("sh", ["-c", command]).toString();',
};
const PYTHON: Language = {
  right: '"Basic " + base64.b64encode((env["JUSPAY_API_KEY"] + ":").encode()).decode()',
  variable: (name) => `env["${name}"]`,
  shell: 'shell = lambda command: subprocess.run(["sh", "-c", command], capture_output=True, text=True).stdout',
};

/** Every form; a new one is one entry. Key, merchant id and an unknown base URL come from the environment. */
export const TEMPLATES: readonly Template[] = [
  {
    name: 'JavaScript (fetch)',
    render: (steps, baseUrl) => `const env = process.env;
const base = ${baseUrl === undefined ? 'env.JUSPAY_BASE_URL' : literal(baseUrl)};
${preludeOf(steps, JAVASCRIPT)
  .map((line) => line.replace(/^(authorization|masked) = (.*)$/, 'const $1 = $2;'))
  .join('\n')}
const steps = ${callsOf(steps)};
const send = ({ method, path, credentials, headers, body }) => {
  for (const name in headers) if (Object.hasOwn(masked, headers[name])) headers[name] = masked[headers[name]];
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
    render: (steps, baseUrl) => `import base64, concurrent.futures, http.client, os, subprocess, urllib.parse
env = os.environ
base = urllib.parse.urlsplit(${baseUrl === undefined ? 'env["JUSPAY_BASE_URL"]' : literal(baseUrl)})
${preludeOf(steps, PYTHON).join('\n')}
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
      // The file consists of lines, so it cannot contain line breaks or invisible characters.
      if (calls.some(({ request }) => /[\p{Cc}\p{Cf}\u2028\u2029]/u.test(request.body))) return undefined;
      return calls.map((call) => httpRequest(call, baseUrl)).join('\n\n###\n\n');
    },
  },
];

function httpRequest({ request, credentials }: ReportedExchange, baseUrl = '{{JUSPAY_BASE_URL}}'): string {
  const authorization = authorizationInShell(credentials);
  const headers = Object.entries(request.headers).map(([name, value]) => {
    const variable = variableFor([name, value]);
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

/** Assignments of what each kind of credentials and each mask stands for. */
function preludeOf(steps: readonly ShownStep[], { right, variable, shell }: Language): string[] {
  const calls = steps.flatMap(({ exchanges }) => exchanges);
  const kinds = [...new Set(calls.map(({ credentials }) => credentials))].filter((kind) => kind !== 'none');
  const masks = calls.flatMap(({ request }) =>
    Object.entries(request.headers).flatMap((header) => {
      const name = variableFor(header);
      return name === undefined ? [] : [`${literal(header[1])}: ${variable(name)}`];
    }),
  );
  const headers = kinds.map((kind) => {
    const command = literal(`printf %s "${authorizationInShell(kind)}"`);
    return `${literal(kind)}: ${kind === 'right' ? right : `shell(${command})`}`;
  });
  return [
    ...(kinds.some((kind) => kind !== 'right') ? [shell] : []),
    `authorization = { ${headers.join(', ')} }`,
    `masked = { ${[...new Set(masks)].join(', ')} }`,
  ];
}

/** The calls as data that is valid in both JavaScript and Python: only lists, objects and strings. */
function callsOf(steps: readonly ShownStep[]): string {
  const lines = steps.map(({ exchanges }) => {
    const calls = exchanges.map(({ request: { method, path, headers, body }, credentials }) =>
      literal({ method, path, credentials, headers, body }),
    );
    return `  [${calls.join(',\n   ')}],`;
  });
  return `[\n${lines.join('\n')}\n]`;
}

/** A value as JSON, with escapes for characters that are invisible or get lost when text is copied. */
function literal(value: unknown): string {
  return JSON.stringify(value).replace(
    /[\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
