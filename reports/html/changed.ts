import type { Report } from '../report.ts';
import { anchor } from './anchors.ts';
import { type Html, html } from './html.ts';

/** Characters of an observation that are shown; report.json has the whole. */
const LONGEST = 400;

/** What the server does otherwise than when it was pinned. */
export function changedSection({ watch }: Report): Html | undefined {
  if (watch === undefined || watch.changes.length === 0) return undefined;
  const rows = watch.changes.map(
    ({ id, title, then, now }) => html`<tr><th scope="row"><a href="#${anchor(id)}">${id}</a></th><td>${cut(title)}</td>
<td>${cut(then.observation)} <span class="quiet">${then.since}</span></td><td>${cut(now.observation)} <span class="quiet">${now.on}</span></td></tr>`,
  );
  const weight = watch.strict
    ? 'It fails this run, which was told to be strict (JUSPAY_OBSERVATIONS_STRICT=1).'
    : 'A warning: the page leaves these open, so that no verdict depends on them.';
  return html`<section aria-labelledby="changed"><h2 id="changed">What changed since it was pinned</h2>
<p class="quiet">${watch.changes.length} of ${watch.pinned} pinned observations of this server. ${weight}</p>
<div class="wide"><table><thead><tr><th scope="col">Case</th><th scope="col">What is tried</th><th scope="col">Then</th>
<th scope="col">Now</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
