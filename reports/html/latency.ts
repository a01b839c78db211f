import type { Report } from '../report.ts';
import type { ReportedExchange } from '../reported-case.ts';
import { counted } from '../traffic-text.ts';
import { anchor, type Html, html } from './html.ts';

const WIDTH = 640;
const HEIGHT = 150;
const FLOOR = 122;
const SLOWEST = 8;
/** Maximum number of bars, to keep their labels legible. */
const BARS = 9;

interface Timed extends ReportedExchange {
  /** Id of its case. */
  readonly id: string;
}

/** How long the server took to answer: the distribution, and the slowest calls. A replay has no times. */
export function latencySection(report: Report): Html | undefined {
  if (report.target.kind === 'replay') return undefined;
  const answered = report.cases.flatMap(({ id, exchanges }) =>
    exchanges.flatMap((exchange): Timed[] => (exchange.response === undefined ? [] : [{ ...exchange, id }])),
  );
  if (answered.length === 0) return undefined;
  const times = answered.map((one) => one.ms).sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  const said = `Of ${counted(times.length, 'answer', 'answers')}: median ${inMs(at(0.5))}, p95 ${inMs(at(0.95))}, slowest ${inMs(at(1))}.`;
  const slowest = answered.toSorted((a, b) => b.ms - a.ms || (a.id < b.id ? -1 : 1)).slice(0, SLOWEST);
  return html`<section aria-labelledby="latency"><h2 id="latency">Latency</h2>
<p>${said} From sending a request to the last byte of its answer; waiting in the suite’s own queue is not included.</p>
${chart(barsOf(times), said)}
<details><summary>The slowest answers</summary><table><thead><tr><th scope="col">Case</th><th scope="col">Call</th>
<th scope="col" class="number">ms</th></tr></thead><tbody>${slowest.map(
    ({ id, step, ms }) =>
      html`<tr><td><a href="#${anchor(id)}">${id}</a></td><td>${step}</td><td class="number">${ms.toFixed(1)}</td></tr>`,
  )}</tbody></table></details></section>`;
}

/** A duration with a sensible number of digits. */
export function inMs(ms: number): string {
  return ms >= 1_000 ? `${(ms / 1000).toFixed(1)} s` : `${ms.toFixed(ms < 10 ? 1 : 0)} ms`;
}

interface Bar {
  /** Milliseconds, rounded as in the label. */
  readonly name: string;
  readonly answers: number;
}

/** Bars with exponential bounds, because latencies differ by orders of magnitude; few enough to be labelled. */
function barsOf(times: readonly number[]): Bar[] {
  const slots = times.map((ms) => Math.max(0, Math.floor(Math.log2(Math.max(1, ms)))));
  const [first = 0, last = 0] = [slots[0], slots.at(-1)];
  const width = Math.ceil((last - first + 1) / BARS);
  return Array.from({ length: Math.ceil((last - first + 1) / width) }, (_, index) => {
    const from = first + index * width;
    const answers = slots.filter((slot) => slot >= from && slot < from + width).length;
    return { name: from === 0 ? `<${2 ** width}` : `${2 ** from}–${2 ** (from + width)}`, answers };
  });
}

function chart(bars: readonly Bar[], said: string): Html {
  const most = Math.max(...bars.map((bar) => bar.answers));
  const step = Math.min(WIDTH / bars.length, 90);
  const drawn = bars.map(({ name, answers }, index) => {
    const tall = Math.round((answers / most) * (FLOOR - 24));
    const left = Math.round(index * step);
    const middle = Math.round(left + step / 2);
    return html`<rect x="${left + 3}" y="${FLOOR - tall}" width="${Math.round(step) - 6}" height="${tall}"></rect>
<text x="${middle}" y="${FLOOR - tall - 6}">${answers}</text><text class="axis" x="${middle}" y="${FLOOR + 16}">${name}</text>`;
  });
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${said}">
<line x1="0" y1="${FLOOR}" x2="${WIDTH}" y2="${FLOOR}"></line>${drawn}
</svg><p class="quiet">Below: milliseconds. Above each bar: number of answers.</p>`;
}
