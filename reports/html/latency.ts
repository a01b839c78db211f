import type { Report } from '../report.ts';
import type { ReportedExchange } from '../reported-case.ts';
import { counted } from '../traffic-text.ts';
import { anchor, type Html, html } from './html.ts';

const SLOWEST = 8;

interface Timed extends ReportedExchange {
  /** Id of its case. */
  readonly id: string;
}

/** How long the server took to answer, and the slowest calls. A replay has no times. */
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
