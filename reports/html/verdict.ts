import { whatWasJudged } from '../notices.ts';
import type { Report } from '../report.ts';
import { capital, inOneLine } from '../terminal.ts';
import { counted, customersText, requestsText } from '../traffic-text.ts';
import { VERDICT_WORDS, VERDICTS } from '../words.ts';
import { type BrokenClaim, sentField, worstFirst } from '../worst-first.ts';
import { glance } from './glance.ts';
import { anchor, type Html, html, prose } from './html.ts';

/** Maximum number of broken claims on the first screen. */
const NAMED = 6;
const BRIEF = 48;

/**
 * The top of the page: what was judged, the verdict in a sentence, caveats, what fails.
 * @param picture of what fails, if there is one
 */
export function verdictSection(report: Report, picture: Html | undefined): Html {
  const broken = worstFirst(report);
  return html`<header class="verdict ${report.verdict}">
<p class="judged">${whatWasJudged(report)} <span class="api">Get or Create Customer API, conformance report</span></p>
<h1>${capital(report.summary)}</h1>
${report.notices.map(({ text }) => html`<p class="notice"><strong>Note:</strong> ${text}</p>`)}
${
  broken.length > 0 &&
  html`<ul class="broken">${broken.slice(0, NAMED).map(brokenItem)}${
    broken.length > NAMED && html`<li><a href="#wrong">and ${broken.length - NAMED} more</a></li>`
  }</ul>`
}
${picture}
${glance(report)}
</header>`;
}

/** A broken claim in a line or two, with the smallest call that shows it. */
function brokenItem({ claim, evidence: [first], cases }: BrokenClaim): Html {
  const { expected, actual, pointer = '' } = first.finding;
  const sent = pointer === '' ? sentField(first, claim) : undefined;
  return html`<li><a href="#wrong-${anchor(claim.id)}">${claim.id}</a>
<span>${first.case.claim === claim.id ? first.case.title : prose(claim.reading)} ${sent !== undefined && html`<code>${inOneLine(sent, BRIEF)}</code>`}</span>
<span class="brief">${pointer !== '' && html`<code>${pointer.slice(1)}</code>: `}expected <b>${inOneLine(expected, BRIEF)}</b>, got <b>${inOneLine(actual, BRIEF)}</b></span>
<span class="quiet">${counted(cases.length, 'case', 'cases')}</span></li>`;
}

/** The facts of the run. */
export function factsSection(report: Report): Html {
  const { contract, started, ms, proof, watch } = report;
  const { timeoutMs, maxRps, concurrency } = report.settings;
  const rate = `${maxRps === 0 ? 'any number of' : maxRps} requests per second`;
  const limits = `timeout ${timeoutMs / 1000} s, ${rate}, ${concurrency} at once`;
  const customers = customersText(report);
  const facts: readonly (readonly [string, string])[] = [
    ...targetFacts(report),
    ['Contract', `${contract.version}, ${contract.sha256.slice(0, 12)}`],
    ['Started', utc(started)],
    ['Took', `${(ms / 1000).toFixed(1)} s`],
    ['Traffic', requestsText(report)],
    ...(customers === undefined ? [] : [['Customers', customers] as const, ['Settings', limits] as const]),
    ...(watch === undefined ? [] : [['Pinned', pinned(watch)] as const]),
    ['Proved', proof === undefined ? 'not measured; juspay-conformance prove does it' : proved(proof)],
  ];
  return html`<section aria-labelledby="facts"><h2 id="facts">What ran</h2>
<dl class="facts">${facts.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></section>`;
}

function targetFacts({ target: { host, recording } }: Report): (readonly [string, string])[] {
  if (recording === undefined) return [['Target', host]];
  const { recorded, contractSha256, contractChanged } = recording;
  const then = contractChanged ? `another contract (${contractSha256.slice(0, 12)})` : 'the same contract';
  return [
    ['Target', `recording of ${host}`],
    ['Recorded', `${utc(recorded)}, under ${then}`],
  ];
}

function utc(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`;
}

function pinned({ pinned: pins, changes, strict }: NonNullable<Report['watch']>): string {
  if (pins === 0) return 'nothing for this target; juspay-conformance pin does it';
  const changed = changes.length === 0 ? 'none changed' : `${changes.length} changed`;
  return `${counted(pins, 'observation', 'observations')}, ${changed}${strict ? '; a change fails the run' : ''}`;
}

function proved({ mutants, variants }: NonNullable<Report['proof']>): string {
  const real = mutants.total - mutants.equivalent;
  return `${mutants.killed} of ${real} faulty servers found, ${variants.passed} of ${variants.total} conforming ones passed`;
}

/** The number of cases by verdict, which filter the results by documentation section. They work without scripts. */
export function filterSection({ counts }: Report): Html {
  const choices = VERDICTS.filter((verdict) => counts[verdict] > 0);
  const choice = (id: string, number: number, name: string, checked: boolean) => html`<span class="choice ${id}">
<input type="radio" name="show" id="show-${id}" value="${id}"${checked ? html` checked` : undefined}>
<label for="show-${id}"><b>${number}</b> ${name}</label></span>`;
  return html`<div class="filters"><fieldset><legend>Cases on this page</legend>
${choice('all', counts.total, 'all', true)}${choices.map((verdict) => choice(verdict, counts[verdict], VERDICT_WORDS[verdict].word, false))}
</fieldset><p class="quiet"><a href="#page">See them by documentation section</a></p></div>`;
}
