import { copyOf, jsonIn } from '../judge/body.ts';
import type { CaseResult } from '../judge/result.ts';
import type { HttpOutcome, Target } from '../targets/target.ts';
import { pairsIn, unquoted } from './json-text.ts';
import type { Masker } from './mask.ts';

/** A property that holds a token, as the page spells it, as a server may misspell it, or under another name. */
const NAME = /(?:token|secret|jwt)$/i;
const NOT_A_NAME = /get_client_auth_token$/i;
const NAME_SHOWN = 'client auth token';
/** Looked for before anything is parsed: most answers have none. */
const TRACE = /token|tkn_|secret|jwt|\\u005f/i;
/** As it is written in JSON within JSON, in HTML or in a form; as an element of XML; by itself. */
const WRITTEN = [
  /client[-_]?auth[-_]?token(?:\\*["']|&quot;|&#34;)?\s{0,9}[:=]\s{0,9}(?:\\*["']|&quot;|&#34;)?([^\s"'\\&<>,{}[\]]+)/gi,
  /<(?:\w{1,20}:)?client[-_]?auth[-_]?token\b[^>]{0,99}>([^<]{1,9999})</gi,
  /\b(tkn_\w{4,})/gi,
];

/** Shorter ones are masked where they stand, but not wherever they occur: "1" is in half of all texts. */
const SHORTEST = 8;
/** What follows the name in a message, as in "client_auth_token: expected true or false", says nothing of a token. */
const WORD = /^[a-z]{1,15}$/i;
/** Of one answer. More of them are no tokens but a flood, and are masked where they stand. */
const MOST = 64;
/** Of one run, likewise. */
const MOST_OF_A_RUN = 4096;

/** A target whose answers' tokens are known to the masker before anyone else sees the answer. */
export function learningTokens(target: Target, masker: Masker, learned = new Set<string>()): Target {
  const learn = (outcome: HttpOutcome): HttpOutcome => {
    if (outcome.kind === 'answer') {
      const body = tokensIn(new TextDecoder().decode(outcome.body), () => jsonIn(outcome.body));
      const tokens = Object.entries(outcome.headers).flatMap((header) => [...tokensIn(headerText(header))]);
      const unmistakable = [...new Set([...body, ...tokens])].filter(isUnmistakable);
      for (const value of unmistakable.slice(0, MOST)) {
        if (learned.size >= MOST_OF_A_RUN || learned.has(value)) continue;
        learned.add(copyOf(value));
        masker.learn({ value, name: NAME_SHOWN });
      }
    }
    return outcome;
  };
  const wrapped: Target = { ...target, send: async (request, origin) => learn(await target.send(request, origin)) };
  const { lease } = target;
  if (lease === undefined) return wrapped;
  return {
    ...wrapped,
    async lease(need) {
      const granted = await lease(need);
      if (granted.kind === 'refused') return granted;
      return { ...granted, target: learningTokens(granted.target, masker, learned) };
    },
  };
}

/** A header as a pair: its name may say that the value is a token. */
export function headerText([name, value]: readonly [string, string]): string {
  return NAME.test(name) ? `"${name}":${JSON.stringify(value)}` : value;
}

/** Whether a token can be looked for wherever it may occur: nothing else is likely to read like it. */
export function isUnmistakable(token: string): boolean {
  return token.length >= SHORTEST && !WORD.test(token);
}

/** The result with the tokens in its answers' bodies masked where they stand. */
export function maskTokens(result: CaseResult): CaseResult {
  const exchanges = result.exchanges.map((exchange) => {
    const { response } = exchange;
    if (response === undefined || !TRACE.test(response.body)) return exchange;
    return { ...exchange, response: { ...response, body: maskTokensInPlace(response.body) } };
  });
  return { ...result, exchanges };
}

function maskTokensInPlace(body: string): string {
  const instead = `[${NAME_SHOWN}]`;
  let masked = '';
  let done = 0;
  for (const { name, written, from, to } of pairsIn(body)) {
    if (!isTokenName(name) || !written.startsWith('"') || written === '""') continue;
    masked += `${body.slice(done, from)}"${instead}"`;
    done = to;
  }
  return WRITTEN.reduce(
    (text, pattern) =>
      text.replace(pattern, (whole, token: string) =>
        token.startsWith('[') ? whole : whole.replace(token, () => instead),
      ),
    masked + body.slice(done),
  );
}

function isTokenName(name: string): boolean {
  return NAME.test(name) && !NOT_A_NAME.test(name);
}

/** The client auth tokens in a body, whatever kind of body it is. @param json its value, where it has been read already */
export function tokensIn(body: string, json: () => unknown = () => undefined): Set<string> {
  const tokens = new Set<string>();
  if (!TRACE.test(body)) return tokens;
  for (const pattern of WRITTEN) for (const [, text = ''] of body.matchAll(pattern)) tokens.add(text);
  for (const { name, written } of pairsIn(body)) {
    if (!isTokenName(name)) continue;
    tokens.add(unquoted(written)).add(written.replaceAll(/^"|"$/g, ''));
  }
  collect(json() ?? parsed(body), tokens);
  for (const plain of ['', 'null', 'true', 'false']) tokens.delete(plain);
  return tokens;
}

/** What a token property holds, as a text or further down. Iterative: a server can nest deeply. */
function collect(value: unknown, tokens: Set<string>): void {
  const pending: { readonly value: unknown; readonly inToken: boolean }[] = [{ value, inToken: false }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (typeof next.value !== 'object' || next.value === null) continue;
    for (const name of Object.keys(next.value)) {
      const child: unknown = Reflect.get(next.value, name);
      const inToken = (next.inToken || isTokenName(name)) && !/expir/i.test(name);
      if (typeof child === 'object') pending.push({ value: child, inToken });
      else if (inToken && typeof child !== 'boolean') tokens.add(String(child));
    }
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
