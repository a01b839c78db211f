import { endedEarly } from '../notices.ts';
import type { Report } from '../report.ts';
import type { ReportedExchange } from '../reported-case.ts';
import { counted } from '../traffic-text.ts';
import { type Html, html } from './html.ts';

const WIDTH = 1000;
/** Maximum number of lanes; further concurrent requests share the last one. */
const LANES = 24;
const LANE = 7;

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

/** The run's requests by time: how many were concurrent, which were retried, how long the answers took, and where the run was interrupted. */
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
  const times = spans.flatMap(({ kind, ms }) => (kind === 'answered' ? [ms] : [])).sort((a, b) => a - b);
  const slowerThan = (share: number) => inMs(times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0);
  return html`<section aria-labelledby="timeline"><h2 id="timeline">Timeline</h2>
<p>${summary}: ${said.map(({ kind, text }, index) => html`${index > 0 && ', '}<span class="key ${kind}"></span> ${text}`)}.
${left > 0 && `${counted(left, 'request of the properties is', 'requests of the properties are')} not drawn: only their counterexamples are kept.`}</p>
${times.length > 0 && html`<p>Answers took, until their last byte: median ${slowerThan(0.5)}, p95 ${slowerThan(0.95)}, slowest ${slowerThan(1)}.</p>`}
<svg class="chart timeline" viewBox="0 0 ${WIDTH} ${height + 22}" role="img" aria-label="${summary}">${paths}
<line x1="0" y1="${height + 2}" x2="${WIDTH}" y2="${height + 2}"></line>
<text class="axis start" x="0" y="${height + 18}">0</text><text class="axis" x="${WIDTH / 2}" y="${height + 18}">${inMs(end / 2)}</text>
<text class="axis end" x="${WIDTH}" y="${height + 18}">${inMs(end)}</text>${
    !report.complete &&
    html`<line class="broken-off" x1="${WIDTH - 1}" y1="0" x2="${WIDTH - 1}" y2="${height + 2}"></line>`
  }</svg>
<p class="quiet">Each bar is a request; concurrent requests are on separate lines. ${endedEarly(report)}</p></section>`;
}

/** A duration with the significant digits. */
function inMs(ms: number): string {
  return ms >= 1_000 ? `${(ms / 1000).toFixed(1)} s` : `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
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
