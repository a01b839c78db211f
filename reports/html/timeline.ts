import { endedEarly } from '../notices.ts';
import type { Report } from '../report.ts';
import type { ReportedExchange } from '../reported-case.ts';
import { cut } from '../terminal.ts';
import { counted } from '../traffic-text.ts';
import { type Html, html } from './html.ts';
import { inMs } from './latency.ts';

const WIDTH = 1000;
/** Maximum number of lanes; further concurrent requests share the last one. */
const LANES = 24;
const LANE = 7;
/** Maximum characters of a value beside a bar. */
const LONGEST = 30;

/** `limited`: the server answered 429. `retried`: another attempt that did not count. */
type Kind = 'answered' | 'retried' | 'limited' | 'unanswered';

interface Span {
  readonly at: number;
  readonly ms: number;
  readonly kind: Kind;
}

const NAMES: Readonly<Record<Kind, readonly [one: string, many: string]>> = {
  answered: ['answered', 'answered'],
  retried: ['attempt retried', 'attempts retried'],
  limited: ['attempt rate limited (429)', 'attempts rate limited (429)'],
  unanswered: ['without an answer', 'without an answer'],
};

/** The run's requests by time: how many were concurrent, which were retried, and where the run was interrupted. */
export function timelineSection(report: Report): Html | undefined {
  const spans = spansOf(report.cases.flatMap(({ exchanges }) => exchanges));
  if (spans.length === 0) return undefined;
  const end = Math.max(...spans.map(({ at, ms }) => at + ms), 1);
  const { lanes, drawn } = inLanes(spans);
  const height = Math.min(lanes, LANES) * LANE;
  const paths = (Object.keys(NAMES) as Kind[]).map((kind) => {
    const own = drawn.filter((one) => one.kind === kind);
    const path = own.map(({ at, ms, lane }) => bar((at / end) * WIDTH, (ms / end) * WIDTH, lane)).join('');
    return own.length > 0 && html`<path class="${kind}" d="${path}"></path>`;
  });
  const said = Object.entries(NAMES).flatMap(([kind, [one, many]]) => {
    const number = spans.filter((span) => span.kind === kind).length;
    return number === 0 ? [] : [{ kind, text: counted(number, one, many) }];
  });
  const summary = `${inMs(end)} from the first request to the last answer, at most ${lanes} at once`;
  const left = report.requests + report.retries - spans.length;
  return html`<section aria-labelledby="timeline"><h2 id="timeline">Timeline</h2>
<p>${summary}: ${said.map(({ kind, text }, index) => html`${index > 0 && ', '}<span class="key ${kind}"></span> ${text}`)}.
${left > 0 && `${counted(left, 'request of the properties is', 'requests of the properties are')} not drawn: only their counterexamples are kept.`}</p>
<svg class="chart timeline" viewBox="0 0 ${WIDTH} ${height + 22}" role="img" aria-label="${summary}">${paths}
<line x1="0" y1="${height + 2}" x2="${WIDTH}" y2="${height + 2}"></line>
<text class="axis start" x="0" y="${height + 18}">0</text><text class="axis" x="${WIDTH / 2}" y="${height + 18}">${inMs(end / 2)}</text>
<text class="axis end" x="${WIDTH}" y="${height + 18}">${inMs(end)}</text>${
    !report.complete &&
    html`<line class="broken-off" x1="${WIDTH - 1}" y1="0" x2="${WIDTH - 1}" y2="${height + 2}"></line>`
  }</svg>
<p class="quiet">Each bar is a request; concurrent requests are on separate lines. ${endedEarly(report)}</p></section>`;
}

/**
 * The concurrent calls of a case as bars.
 * @param property must have the same value in every answer: bars of answers that differ from the first are marked
 */
export function burstChart(exchanges: readonly ReportedExchange[], property?: string): Html | undefined {
  const timed = exchanges.filter(({ at }) => at !== undefined);
  if (timed.length < 2) return undefined;
  const start = Math.min(...timed.map(({ at = 0 }) => at));
  const length = Math.max(...timed.map(({ at = 0, ms }) => at + ms - start), 0.01);
  const values = timed.map(({ response }) => (property === undefined ? undefined : valueIn(response?.body, property)));
  const rows = timed.map(({ at = 0, ms, response, failure }, index) => {
    const y = index * 18;
    const [first, value] = [values[0], values[index]];
    const other = value === undefined ? '' : `, ${value}`;
    return html`<rect${value !== first && html` class="fail"`} x="${Math.round(((at - start) / length) * 300)}" y="${y + 2}" width="${Math.max(2, Math.round((ms / length) * 300))}" height="13"></rect>
<text class="axis start" x="308" y="${y + 13}">${index + 1}: ${response?.status ?? failure?.reason}, ${inMs(ms)}${other}</text>`;
  });
  const said = `${timed.length} calls within ${inMs(length)}`;
  return html`<svg class="chart burst" viewBox="0 0 640 ${timed.length * 18}" role="img" aria-label="${said}">${rows}</svg>`;
}

/** A property of a JSON body, to distinguish answers. */
function valueIn(body = '', property: string): string | undefined {
  const [, value] = new RegExp(`"${property}"\\s*:\\s*("[^"]*"|[^",}\\s]+)`).exec(body) ?? [];
  return value === undefined ? undefined : cut(value, LONGEST);
}

function spansOf(exchanges: readonly ReportedExchange[]): Span[] {
  return exchanges.flatMap(({ at, ms, earlier = [], response }): Span[] => {
    if (at === undefined) return [];
    const before = earlier.map((one): Span => ({ ...one, kind: one.status === 429 ? 'limited' : 'retried' }));
    return [...before, { at, ms, kind: response === undefined ? 'unanswered' : 'answered' }];
  });
}

/** Puts each request on the first free line. */
function inLanes(spans: readonly Span[]): { lanes: number; drawn: (Span & { readonly lane: number })[] } {
  const free: number[] = [];
  const drawn = spans
    .toSorted((a, b) => a.at - b.at)
    .map((span) => {
      const found = free.findIndex((until) => until <= span.at);
      const lane = found < 0 ? free.length : found;
      free[lane] = span.at + span.ms;
      return { ...span, lane };
    });
  return { lanes: free.length, drawn };
}

function bar(x: number, width: number, lane: number): string {
  const y = Math.min(lane, LANES - 1) * LANE + 1;
  return `M${x.toFixed(1)} ${y}h${Math.max(0.7, width).toFixed(1)}v${LANE - 2}h-${Math.max(0.7, width).toFixed(1)}z`;
}
