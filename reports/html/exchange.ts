import type { ReportedCase, ReportedExchange, ReportedFinding } from '../reported-case.ts';
import { type Html, html } from './html.ts';
import { layOutJson } from './json-layout.ts';

/** Maximum characters of a body in full evidence, and in that of a case that passed. */
const FULL_BODY = 4_000;
const SHORT_BODY = 400;

/** Maximum exchanges of one case, to keep the page readable: more than any case of the tables makes. */
const SHOWN = 12;

const FAILURES: Readonly<Record<NonNullable<ReportedExchange['failure']>['reason'], string>> = {
  timeout: 'no answer in time',
  unreachable: 'not reached',
  broken: 'the connection broke',
  unavailable: 'the server was not available',
  stopped: 'not sent',
  'not-recorded': 'not in the recording',
};

/** The complete exchanges of a case. @param marked JSON pointers to mark, by exchange */
export function fullEvidence(one: ReportedCase, marked: ReadonlyMap<number, readonly string[]> = new Map()): Html {
  const shown = one.exchanges.slice(0, SHOWN);
  return html`${shown.map((exchange, index) => fullExchange(exchange, marked.get(index) ?? []))}${rest(one)}`;
}

/** The JSON pointers of findings, by exchange. */
export function pointersOf(findings: readonly ReportedFinding[]): ReadonlyMap<number, readonly string[]> {
  const marked = new Map<number, string[]>();
  for (const { exchange, pointer = '' } of findings) marked.set(exchange, [...(marked.get(exchange) ?? []), pointer]);
  return marked;
}

/** The exchanges of a case in short: what was sent, and what came back. */
export function shortEvidence(one: ReportedCase): Html {
  const shown = one.exchanges.slice(0, SHOWN).map(({ request, credentials, credentialsInWords, response, failure }) => {
    const key = credentials === 'right' ? '' : `\nkey: ${credentialsInWords}`;
    const sent = `${request.method} ${request.path}${key}\n${cut(request.body, SHORT_BODY)}`;
    const came = response === undefined ? failure?.message : `${response.status}\n${cut(response.body, SHORT_BODY)}`;
    return html`<pre tabindex="0">${sent}\n\n→ ${came ?? 'nothing'}</pre>`;
  });
  return html`${shown}${rest(one)}`;
}

function rest({ exchanges }: ReportedCase): Html | false {
  const left = exchanges.length - SHOWN;
  return left > 0 && html`<p class="quiet">${left} more exchanges are in report.json.</p>`;
}

function fullExchange(
  { step, request, credentialsInWords, response, failure, retried, ms, curl }: ReportedExchange,
  marked: readonly string[],
): Html {
  const head = `${request.method} ${request.path}\n${headerLines({ ...request.headers, authorization: `(${credentialsInWords})` })}`;
  return html`<div class="exchange">
<p class="step">${step} <span class="quiet">${response?.status ?? FAILURES[failure?.reason ?? 'broken']}, ${ms.toFixed(1)} ms</span></p>
${retried.length > 0 && html`<p class="quiet">Earlier attempts: ${cut(retried.join('; '), SHORT_BODY)}</p>`}
<div class="sides"><div><p class="label">Sent</p><pre tabindex="0">${head}\n\n${cut(request.body, FULL_BODY)}</pre></div>
<div><p class="label">Came back</p>${
    response === undefined
      ? html`<pre tabindex="0">${cut(failure?.message ?? 'nothing', SHORT_BODY)}</pre>`
      : html`<pre tabindex="0">${response.status}\n${headerLines(response.headers)}\n\n${body(response.body, marked)}</pre>`
  }</div></div>
<p class="label">Reproduce</p><div class="command"><pre class="shell" tabindex="0">${curl}</pre></div></div>`;
}

/** Sorted by name, to make two runs easier to compare; the order of headers has no meaning. */
function headerLines(headers: Readonly<Record<string, string>>): string {
  const names = Object.keys(headers).sort();
  return names.map((name) => `${name}: ${cut(headers[name] ?? '', SHORT_BODY)}`).join('\n');
}

function body(text: string, marked: readonly string[]): Html {
  const lines = text.length > FULL_BODY ? undefined : layOutJson(text);
  if (lines === undefined) return html`${cut(text, FULL_BODY)}`;
  // An empty pointer means the whole body, which is not marked.
  const places = new Set(marked.filter((pointer) => pointer !== ''));
  return html`${lines.map(({ text: line, pointer }, index) => {
    const end = index === lines.length - 1 ? '' : '\n';
    return places.has(pointer) ? html`<mark>${line}</mark>${end}` : `${line}${end}`;
  })}`;
}

function cut(text: string, length: number): string {
  return text.length <= length
    ? text
    : `${text.slice(0, length)}… (${text.length - length} characters more in report.json)`;
}
