import type { CaseResult } from '../judge/result.ts';
import type { HttpOutcome, Target } from '../targets/target.ts';
import type { Masker } from './mask.ts';

/** The property, as the page spells it and as a server may misspell it; its expiry is no secret. */
const NAME = /^client[-_]?auth[-_]?token$/i;
const NAME_SHOWN = 'client auth token';
/** Looked for before anything is parsed: most answers have none. */
const TRACE = /auth[-_]?token|tkn_|auth\\u005f/i;
/** The pair as it is written in JSON, in JSON within JSON, in HTML or in a form. */
const WRITTEN = [
  /client[-_]?auth[-_]?token"\s*:\s*"((?:[^"\\]|\\.)*)/gi,
  /client[-_]?auth[-_]?token(?:\\*["']|&quot;|&#34;)?\s*[:=]\s*(?:\\*["']|&quot;|&#34;)?([^\s"'\\&<>,}]+)/gi,
  /(tkn_\w{4,})/g,
];

/** Shorter ones are masked where they stand, but not wherever they occur: "1" is in half of all texts. */
const SHORTEST = 8;
/** What follows the name in a message, as in "client_auth_token: expected true or false", says nothing of a token. */
const WORD = /^[a-z]{1,15}$/i;
/** Of one answer. More of them are no tokens but a flood, and are masked where they stand. */
const MOST = 64;

/** A target whose answers' tokens are known to the masker before anyone else sees the answer. */
export function learningTokens(target: Target, masker: Masker): Target {
  const learn = (outcome: HttpOutcome): HttpOutcome => {
    if (outcome.kind === 'answer') {
      const texts = [new TextDecoder().decode(outcome.body), ...Object.values(outcome.headers)];
      const tokens = texts.flatMap((text) => [...tokensIn(text)]).filter(isUnmistakable);
      for (const value of tokens.slice(0, MOST)) masker.learn({ value, name: NAME_SHOWN });
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
      return granted.kind === 'refused' ? granted : { ...granted, target: learningTokens(granted.target, masker) };
    },
  };
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
    const body = WRITTEN.reduce(
      (text, pattern) => text.replace(pattern, (whole, token: string) => whole.replace(token, () => `[${NAME_SHOWN}]`)),
      response.body,
    );
    return { ...exchange, response: { ...response, body } };
  });
  return { ...result, exchanges };
}

/** The client auth tokens in a body, whatever kind of body it is. */
export function tokensIn(body: string): Set<string> {
  if (!TRACE.test(body)) return new Set();
  const tokens = new Set<string>();
  for (const pattern of WRITTEN) for (const [, text = ''] of body.matchAll(pattern)) tokens.add(text);
  for (const text of [...tokens]) {
    try {
      tokens.add(String(JSON.parse(`"${text}"`)));
    } catch {
      // An escape that is none: the text as it stands is masked.
    }
  }
  collect(parsed(body), tokens);
  for (const plain of ['', 'null', 'true', 'false']) tokens.delete(plain);
  return tokens;
}

/** Iterative: a server can nest deeply. */
function collect(value: unknown, tokens: Set<string>): void {
  const pending: unknown[] = [value];
  while (pending.length > 0) {
    const next = pending.pop();
    if (typeof next !== 'object' || next === null) continue;
    for (const [name, child] of Object.entries(next)) {
      if (NAME.test(name) && (typeof child === 'string' || typeof child === 'number')) tokens.add(String(child));
      else pending.push(child);
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
