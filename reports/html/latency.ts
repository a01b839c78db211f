import type { Report } from '../report.ts';
import { anchor } from './anchors.ts';
import { type Html, html } from './html.ts';

const WIDTH = 640;
const HEIGHT = 150;
const FLOOR = 122;
const SLOWEST = 8;

interface Bar {
  /** Milliseconds; the bar holds what is from here to below twice this. */
  readonly from: number;
  readonly cases: number;
}

/** How long the cases took: how they are spread, and which took longest. A replay's times are nobody's. */
export function latencySection(report: Report): Html | undefined {
  if (report.target.kind === 'replay') return undefined;
  const run = report.cases.filter((one) => one.exchanges.length > 0);
  if (run.length === 0) return undefined;
  const times = run.map((one) => one.ms).sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? 0;
  const said = `Half of ${run.length} cases took less than ${at(0.5).toFixed(0)} ms, nineteen of twenty less than ${at(0.95).toFixed(0)} ms, the slowest ${at(1).toFixed(0)} ms.`;
  const slowest = run.toSorted((a, b) => b.ms - a.ms || (a.id < b.id ? -1 : 1)).slice(0, SLOWEST);
  return html`<section aria-labelledby="latency"><h2 id="latency">Latency by case</h2>
<p>${said} A case is one request or a few that belong together, waiting in our own queue included.</p>
${chart(barsOf(times), said)}
<details><summary>The slowest cases</summary><table><thead><tr><th scope="col">Case</th><th scope="col" class="number">ms</th>
<th scope="col" class="number">Exchanges</th></tr></thead><tbody>${slowest.map(
    (one) => html`<tr><td><a href="#${anchor(one.id)}">${one.id}</a></td><td class="number">${one.ms.toFixed(1)}</td>
<td class="number">${one.exchanges.length}</td></tr>`,
  )}</tbody></table></details></section>`;
}

/** Each bar is for times twice as long as the one before: latencies spread over orders of magnitude. */
function barsOf(times: readonly number[]): Bar[] {
  const slots = times.map((ms) => Math.max(0, Math.floor(Math.log2(Math.max(1, ms)))));
  const first = Math.min(...slots);
  const last = Math.max(...slots);
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    from: 2 ** (first + index),
    cases: slots.filter((slot) => slot === first + index).length,
  }));
}

function chart(bars: readonly Bar[], said: string): Html {
  const most = Math.max(...bars.map((bar) => bar.cases));
  const step = Math.min(WIDTH / bars.length, 90);
  const drawn = bars.map(({ from, cases }, index) => {
    const tall = Math.round((cases / most) * (FLOOR - 24));
    const left = Math.round(index * step);
    const middle = Math.round(left + step / 2);
    const name = from === 1 ? 'below 2' : `${from}–${from * 2}`;
    return html`<rect x="${left + 3}" y="${FLOOR - tall}" width="${Math.round(step) - 6}" height="${tall}"></rect>
<text x="${middle}" y="${FLOOR - tall - 6}">${cases}</text><text class="axis" x="${middle}" y="${FLOOR + 18}">${name}</text>`;
  });
  return html`<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${said}">
<line x1="0" y1="${FLOOR}" x2="${WIDTH}" y2="${FLOOR}"></line>${drawn}
<text class="axis end" x="${WIDTH}" y="${HEIGHT - 2}">milliseconds; number of cases above each bar</text></svg>`;
}
