import { copyOf, jsonIn, parsed, valuesIn } from '../judge/body.ts';
import { pairsIn, unquoted } from '../judge/json-text.ts';
import type { CaseResult } from '../judge/result.ts';
import { type Target, withSending } from '../targets/target.ts';
import type { Masker } from './mask.ts';

/** Names of token properties: the page's, misspelt or other ones. */
const NAME = /(?:token|secret|jwt)$/i;
const NOT_A_NAME = /get_client_auth_token$/i;
const NAME_SHOWN = 'client auth token';
/** A fast check before parsing, because most answers have no token. */
const TRACE = /token|tkn_|secret|jwt|\\u005f/i;
/** Spellings in JSON within JSON, HTML or a form; in an XML element; without a name. */
const WRITTEN = [
  /client[-_]?auth[-_]?token(?:\\*["']|&quot;|&#34;)?\s{0,9}[:=]\s{0,9}(?:\\*["']|&quot;|&#34;)?([^\s"'\\&<>,{}[\]]+)/gi,
  /<(?:\w{1,20}:)?client[-_]?auth[-_]?token\b[^>]{0,99}>([^<]{1,9999})</gi,
  /\b(tkn_\w{4,})/gi,
];

/** Shorter ones are masked only in place: "1" is part of too many texts. */
const SHORTEST = 8;
/** After the name in a message, as in "client_auth_token: expected true or false", a word is not a token. */
const WORD = /^[a-z]{1,15}$/i;
/** Maximum tokens of one answer to mask everywhere; further ones are masked only in place. */
const MOST = 64;
/** The same for one run. */
const MOST_OF_A_RUN = 4096;

/** A target that teaches the masker the tokens of each answer before returning it. */
export function learningTokens(target: Target, masker: Masker): Target {
  const learned = new Set<string>();
  return withSending(target, (send) => async (request, origin) => {
    const outcome = await send(request, origin);
    if (outcome.kind === 'failure') return outcome;
    const body = tokensIn(new TextDecoder().decode(outcome.body), () => jsonIn(outcome.body));
    const tokens = Object.entries(outcome.headers).flatMap((header) => [...tokensIn(headerText(header))]);
    const unmistakable = [...new Set([...body, ...tokens])].filter(isUnmistakable);
    for (const value of unmistakable.slice(0, MOST)) {
      if (learned.size >= MOST_OF_A_RUN || learned.has(value)) continue;
      learned.add(copyOf(value));
      masker.learn({ value, name: NAME_SHOWN });
    }
    return outcome;
  });
}

/** A header as a pair, because its name may mark a token. */
function headerText([name, value]: readonly [string, string]): string {
  return NAME.test(name) ? `"${name}":${JSON.stringify(value)}` : value;
}

/** Whether a token is distinctive enough to mask everywhere. */
export function isUnmistakable(token: string): boolean {
  return token.length >= SHORTEST && !WORD.test(token);
}

/** The result with the tokens in its answers' bodies masked in place. */
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

/** The client auth tokens in a body of any type. @param json its parsed value, if available */
export function tokensIn(body: string, json: () => unknown = () => undefined): Set<string> {
  const tokens = new Set<string>();
  if (!TRACE.test(body)) return tokens;
  for (const pattern of WRITTEN) for (const [, text = ''] of body.matchAll(pattern)) tokens.add(text);
  for (const { name, written } of pairsIn(body)) {
    if (!isTokenName(name)) continue;
    tokens.add(unquoted(written)).add(written.replaceAll(/^"|"$/g, ''));
  }
  const inToken = (isInside: boolean, name: string) => (isInside || isTokenName(name)) && !/expir/i.test(name);
  for (const { value, isInside } of valuesIn(json() ?? parsed(body), inToken)) {
    if (isInside && typeof value !== 'object' && typeof value !== 'boolean') tokens.add(String(value));
  }
  for (const plain of ['', 'null', 'true', 'false']) tokens.delete(plain);
  return tokens;
}
