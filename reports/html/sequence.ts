import type { ReportedCase, ReportedExchange } from '../reported-case.ts';
import { relationsOf, type ShownStep, stepsOf } from '../steps.ts';
import { cut } from '../terminal.ts';
import { type Html, html } from './html.ts';
import { burstChart } from './timeline.ts';

/** Maximum calls listed of one step; the bars of concurrent calls show them all. */
const LISTED = 3;
const BRIEF = 120;

/** How a relation is shown. */
const SHOWN = {
  held: { style: 'pass', mark: '✓', words: 'held' },
  broken: { style: 'fail', mark: '✗', words: html`<strong>did not hold</strong>` },
  undecided: { style: 'not-run', mark: '·', words: 'not decided' },
} as const;

/**
 * A case with several calls as steps, with the relations that must hold between them; undefined for a case with one call.
 */
export function sequence(one: ReportedCase): Html | undefined {
  const steps = stepsOf(one);
  if (steps.length < 2 && (steps[0]?.exchanges.length ?? 0) < 2) return undefined;
  const wrong = new Set(one.findings.filter(({ relation }) => relation === undefined).map(({ exchange }) => exchange));
  const relations = relationsOf(one).map(({ text, state }) => {
    const { style, mark, words } = SHOWN[state];
    return html`<li class="${style}"><span aria-hidden="true">${mark}</span>\n${words}: ${text}</li>`;
  });
  const [id] = one.findings.flatMap(({ relation, pointer }) => (relation?.kind === 'one-id' ? (pointer ?? []) : []));
  return html`<ol class="sequence">${steps.map((step) => stepItem(step, (exchange) => wrong.has(one.exchanges.indexOf(exchange)), id?.slice(1)))}</ol>
${relations.length > 0 && html`<ul class="relations">${relations}</ul>`}`;
}

function stepItem(
  { label, exchanges }: ShownStep,
  isWrong: (exchange: ReportedExchange) => boolean,
  property: string | undefined,
): Html {
  const calls = exchanges.slice(0, LISTED).map(
    ({ request, response, failure }) => html`<span class="call-line"><code>${cut(sentIn(request), BRIEF)}</code> →
<strong>${response?.status ?? failure?.reason ?? 'nothing'}</strong> ${response !== undefined && html`<code>${cut(response.body, BRIEF)}</code>`}</span>`,
  );
  const number = exchanges.length > 1 && ` (${exchanges.length} calls)`;
  const more = exchanges.length > LISTED && html`<span class="call-line">and ${exchanges.length - LISTED} more</span>`;
  return html`<li class="${exchanges.some(isWrong) ? 'fail' : 'step-done'}"><span class="call">${label}${number}</span>
${calls}${more}${exchanges.length > 1 && burstChart(exchanges, property)}</li>`;
}

/** What a call sent, with the fields of a form decoded. */
function sentIn({ path, headers, body }: ReportedExchange['request']): string {
  if (body === '' || headers['content-type']?.includes('urlencoded') !== true) return body === '' ? path : body;
  return [...new URLSearchParams(body)].map(([name, value]) => `${name}=${value}`).join(', ');
}
