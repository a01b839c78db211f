import type { ReportedCase, ReportedExchange } from '../reported-case.ts';
import { relationsOf, type ShownStep, stepsOf } from '../steps.ts';
import { cut } from '../terminal.ts';
import { type Html, html } from './html.ts';
import { burstChart } from './timeline.ts';

/** Maximum calls listed of one step; the bars of concurrent calls show them all. */
const LISTED = 3;
const BRIEF = 120;

/**
 * A case with several calls as steps, with the relations that must hold between them; undefined for a case with one call.
 */
export function sequence(one: ReportedCase): Html | undefined {
  const steps = stepsOf(one);
  if (steps.length < 2 && (steps[0]?.exchanges.length ?? 0) < 2) return undefined;
  const wrong = new Set(one.findings.filter(({ relation }) => relation === undefined).map(({ exchange }) => exchange));
  const relations = relationsOf(one);
  const [id] = one.findings.flatMap(({ relation, pointer }) => (relation?.kind === 'one-id' ? (pointer ?? []) : []));
  return html`<ol class="sequence">${steps.map((step) => stepItem(step, (exchange) => wrong.has(one.exchanges.indexOf(exchange)), id?.slice(1)))}</ol>
${
  relations.length > 0 &&
  html`<ul class="relations">${relations.map(
    ({
      text,
      held,
    }) => html`<li class="${held === false ? 'fail' : held === true ? 'pass' : 'not-run'}"><span aria-hidden="true">${held === false ? '✗' : held === true ? '✓' : '·'}</span>
${held === false ? html`<strong>did not hold</strong>` : held === true ? 'held' : 'not decided'}: ${text}</li>`,
  )}</ul>`
}`;
}

function stepItem(
  { label, exchanges }: ShownStep,
  isWrong: (exchange: ReportedExchange) => boolean,
  property: string | undefined,
): Html {
  const isBurst = exchanges.length > 1;
  const shown = exchanges.slice(0, LISTED);
  return html`<li class="${exchanges.some(isWrong) ? 'fail' : 'step-done'}"><span class="call">${label}${isBurst && ` (${exchanges.length} calls)`}</span>
${shown.map(
  ({ request, response, failure }) => html`<span class="call-line"><code>${cut(sentIn(request), BRIEF)}</code> →
<strong>${response?.status ?? failure?.reason ?? 'nothing'}</strong> ${response !== undefined && html`<code>${cut(response.body, BRIEF)}</code>`}</span>`,
)}${exchanges.length > LISTED && html`<span class="call-line">and ${exchanges.length - LISTED} more</span>`}${isBurst && burstChart(exchanges, property)}</li>`;
}

/** What a call sent, with the fields of a form decoded. */
function sentIn({ path, headers, body }: ReportedExchange['request']): string {
  if (body === '' || headers['content-type']?.includes('urlencoded') !== true) return body === '' ? path : body;
  return [...new URLSearchParams(body)].map(([name, value]) => `${name}=${value}`).join(', ');
}
