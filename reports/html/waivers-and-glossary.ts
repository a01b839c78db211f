import { ACCOUNT } from '../../suites/judge/customer/request.ts';
import { notRunByReason } from '../not-run.ts';
import type { Report, ReportedWaiver } from '../report.ts';
import { counted } from '../traffic-text.ts';
import { VERDICT_WORDS } from '../words.ts';
import { anchor } from './anchors.ts';
import { type Html, html } from './html.ts';

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
  return html`<section aria-labelledby="waived"><h2 id="waived">Waivers</h2>
<p class="quiet">What fails and is excused for now. A waiver that is past its last day, matches nothing, or is no longer needed fails the run.</p>
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

/** The verdicts, and every other word of a report that needs it, with what it means. */
const GLOSSARY: readonly (readonly [string, string])[] = [
  ['claim', 'One thing that the documentation page says, or leaves open, in our words. Its id never changes.'],
  ['case', 'One question to the server, made to test one claim: a request, or a few that belong together.'],
  ...Object.values(VERDICT_WORDS).map(({ word, meaning }) => [word, meaning] as const),
  ['decided', 'The case told whether its own claim holds. Another claim that fails can stop a case before that.'],
  ['replay', 'The answers come from the recording of an earlier run. Nothing is sent, and no server is there.'],
  ['pinned', 'An observation that was noted in a file, so that a later run can say when the server does otherwise.'],
  [
    'execution, seed',
    'A property is tried in many executions, each with other values; the same seed gives the same values again.',
  ],
  ['worst first', 'First what gives somebody access to what is another’s, then what most cases ran into.'],
  ['mutant', 'A server with one deliberate fault. The suite was tried on each; it is found when the suite fails it.'],
  ['JSON pointer', 'The place in a JSON body, as in RFC 6901: /error/code.'],
  [`[API key], [${ACCOUNT.name}], [client auth token]`, 'Stand where a secret was. Reports never hold one.'],
];

/** The words of the page and what they mean. */
export function glossarySection(): Html {
  const words = GLOSSARY.map(([word, meaning]) => html`<div><dt>${word}</dt><dd>${meaning}</dd></div>`);
  return html`<section aria-labelledby="glossary"><h2 id="glossary">Glossary</h2><dl class="glossary">${words}</dl></section>`;
}
