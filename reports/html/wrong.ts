import { TEMPLATES } from '../copy-as.ts';
import { variableFor } from '../curl.ts';
import { commandsUpTo } from '../repeat.ts';
import type { Report } from '../report.ts';
import { stepsUpTo } from '../steps.ts';
import { cut } from '../terminal.ts';
import { type BrokenClaim, type Evidence, worstFirst } from '../worst-first.ts';
import { markDifference } from './difference.ts';
import { fullEvidence, pointersOf } from './exchange.ts';
import { anchor, type Html, html, prose } from './html.ts';
import { sequence } from './sequence.ts';

/** Maximum findings of the first case on a card, and maximum further cases listed. */
const FINDINGS = 4;
const OTHERS = 40;
/**
 * Number of cards with the whole exchange; for the others it is only further down, so that many broken claims do not make
 * the page huge.
 */
const WHOLE = 8;
/** Maximum characters of an expected or actual text, and of one in a list. */
const LONGEST = 800;
const BRIEF = 120;

/** What is wrong, worst first: one card for each broken claim. */
export function wrongSection(report: Report): Html | undefined {
  const broken = worstFirst(report);
  if (broken.length === 0) return undefined;
  return html`<section aria-labelledby="wrong"><h2 id="wrong">What is wrong</h2>
<p class="quiet">The commands take ${variables(report)} from your shell’s environment.</p>
${broken.map((one, index) => card(one, report, index < WHOLE))}</section>`;
}

/** Variables that a command needs, because a report must not contain secrets, or the target has no URL. */
function variables({ target, cases }: Report): Html {
  const headers = cases.flatMap(({ exchanges }) => exchanges.flatMap(({ request }) => Object.entries(request.headers)));
  const masked = headers.flatMap((header) => variableFor(header) ?? []);
  const names = [...(target.kind === 'live' ? [] : ['JUSPAY_BASE_URL']), 'JUSPAY_API_KEY', ...masked];
  return html`${[...new Set(names)].map((name, index) => html`${index > 0 && ', '}<code>${name}</code>`)}`;
}

function card({ claim, evidence, cases }: BrokenClaim, report: Report, whole: boolean): Html {
  const [first] = evidence;
  const same = evidence.filter((one) => one.case.id === first.case.id).slice(0, whole ? FINDINGS : 1);
  const others = cases.filter((id) => id !== first.case.id);
  return html`<article class="card fail" id="wrong-${anchor(claim.id)}" aria-labelledby="title-${anchor(claim.id)}">
<h3 id="title-${anchor(claim.id)}"><a class="id" href="#${anchor(claim.id)}">${claim.id}</a> ${prose(claim.reading)}</h3>
<p class="quiet"><code>${first.finding.code}</code>, from the section ${claim.page}. Seen by ${cases.length === 1 ? 'one case' : `${cases.length} cases`}; here
<a href="#${anchor(first.case.id)}">${first.case.id}</a>, ${first.case.title}.</p>
${(claim.neighbours ?? []).map(({ what, where }) => html`<p class="note">Elsewhere: ${prose(what)} (${where})</p>`)}
${same.map(sides)}
${sequence(first.case)}
${again(first)}
${whole && copyAs(first, report)}
${whole && html`<details><summary>The whole exchange</summary>${fullEvidence(first.case, pointersOf(same.map(({ finding }) => finding)))}</details>`}
${
  whole &&
  others.length > 0 &&
  html`<details><summary>${others.length === 1 ? 'One more case shows it' : `${others.length} more cases show it`}</summary>
<ul class="others">${others.slice(0, OTHERS).map((id) => otherCase(id, evidence))}</ul>
${others.length > OTHERS && html`<p>and ${others.length - OTHERS} more, further down</p>`}</details>`
}</article>`;
}

function sides({ finding }: Evidence): Html {
  const { expected, actual } = markDifference(cut(finding.expected, LONGEST), cut(finding.actual, LONGEST));
  const place = finding.pointer === undefined || finding.pointer === '' ? undefined : finding.pointer;
  return html`<div class="sides verdicts"><div class="expected"><p class="label">Expected</p><p class="value">${expected}</p></div>
<div class="actual"><p class="label">Actual</p><p class="value">${actual}</p></div></div>
${place !== undefined && html`<p class="place">at <code>${place}</code> in the body</p>`}`;
}

function again({ case: one, finding }: Evidence): Html[] {
  return commandsUpTo(one, finding.exchange).map(
    ({ name, step, shell }) => html`<p class="label">${name} <span class="quiet">${step}</span></p>${command(shell)}`,
  );
}

function command(shell: string): Html {
  return html`<div class="command"><pre class="shell" tabindex="0">${shell}</pre></div>`;
}

/** The same calls in other languages, folded. */
function copyAs({ case: one, finding }: Evidence, { target: { baseUrl } }: Report): Html {
  const steps = stepsUpTo(one, finding.exchange);
  const scripts = TEMPLATES.flatMap(({ name, render }) => {
    const script = render(steps, baseUrl);
    return script === undefined ? [] : [html`<p class="label">${name}</p>${command(script)}`];
  });
  return html`<details><summary>Copy as JavaScript, Python or an .http file</summary>${scripts}</details>`;
}

function otherCase(id: string, evidence: readonly Evidence[]): Html {
  const one = evidence.find((item) => item.case.id === id);
  return html`<li><a href="#${anchor(id)}">${id}</a> ${one?.case.title}: expected ${cut(one?.finding.expected ?? '', BRIEF)}, actual
${cut(one?.finding.actual ?? '', BRIEF)}</li>`;
}
