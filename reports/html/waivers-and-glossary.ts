import { notRunByReason } from '../not-run.ts';
import type { Report, ReportedWaiver } from '../report.ts';
import { counted } from '../traffic-text.ts';
import { anchor } from './anchors.ts';
import { type Html, html } from './html.ts';
import { GLOSSARY } from './words.ts';

const STATES: Readonly<Record<ReportedWaiver['state'], string>> = {
  used: '',
  expired: 'stale: past its date',
  unmatched: 'stale: there is no such case or claim',
  passed: 'stale: it passes',
};

/** Known deviations with the days that are left. */
export function waiverSection({ waivers = [] }: Report): Html | undefined {
  if (waivers.length === 0) return undefined;
  const rows = waivers.map(
    ({
      id,
      reason,
      owner,
      expires,
      daysLeft,
      state,
    }) => html`<tr class="${state}"><th scope="row"><a href="#${anchor(id)}">${id}</a></th>
<td>${state === 'used' ? `${counted(daysLeft, 'day', 'days')} left` : STATES[state]}</td><td>${expires}</td><td>${owner}</td><td>${reason}</td></tr>`,
  );
  return html`<section aria-labelledby="waived"><h2 id="waived">Waived deviations</h2>
<p class="quiet">Broken, and excused for now. A waiver that is past its date, matches nothing, or is not needed any more fails the run.</p>
<div class="wide"><table><thead><tr><th scope="col">Case or claim</th><th scope="col">State</th><th scope="col">Until</th><th scope="col">Owner</th>
<th scope="col">Reason</th></tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

/** What was not run, by reason. */
export function notRunSection(report: Report): Html | undefined {
  const byReason = notRunByReason(report);
  if (byReason.size === 0) return undefined;
  const blocks = [...byReason].map(([reason, ids]) => {
    const links = ids.map((id) => html`<li><a href="#${anchor(id)}">${id}</a></li>`);
    return html`<details><summary>${ids.length === 1 ? 'One case' : `${ids.length} cases`}: ${reason}</summary><ul class="others">${links}</ul></details>`;
  });
  return html`<section aria-labelledby="not-run"><h2 id="not-run">What was not run</h2>${blocks}</section>`;
}

/** The words of the page and what they mean. */
export function glossarySection(): Html {
  const words = GLOSSARY.map(([word, meaning]) => html`<div><dt>${word}</dt><dd>${meaning}</dd></div>`);
  return html`<section aria-labelledby="words"><h2 id="words">The words</h2><dl class="glossary">${words}</dl></section>`;
}
