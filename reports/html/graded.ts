import { HEADINGS } from '../../spec/page-headings.ts';
import { type CaseVerdict, reasonInWords } from '../../suites/judge/result.ts';
import { aboutClaim } from '../explain.ts';
import { triedText } from '../repeat.ts';
import type { Report, ReportedClaim } from '../report.ts';
import type { ReportedCase } from '../reported-case.ts';
import { capital, cut } from '../terminal.ts';
import { counted } from '../traffic-text.ts';
import { tally, VERDICT_WORDS, VERDICTS } from '../words.ts';
import { anchor, type Html, html, prose } from './html.ts';

/** Maximum characters of a finding or an observation; the cards and report.json have all of it. */
const LONGEST = 200;

/** The claims under the headings of the documentation page, each with its verdict, cases and proof. */
export function gradedSection(report: Report, evidence: ReadonlyMap<string, Html>): Html {
  const cases = new Map(report.cases.map((one) => [one.id, one]));
  let above: readonly string[] = [];
  const parts = outline(report.claims).map(({ path, claims }) => {
    const [top = '', ...below] = path;
    const fresh = above[0] !== top;
    above = path;
    return html`<section class="heading" data-has="${verdictsOf(claims, cases).join(' ')}">
${fresh && html`<h3>${top}</h3>`}${below.length > 0 && html`<h4>${below.join(' › ')}</h4>`}
${claims.map((claim) => claimBlock(claim, report, cases, evidence))}</section>`;
  });
  return html`<section aria-labelledby="page"><h2 id="page">Results by documentation section</h2>
<p class="quiet">The headings are those of the documentation page, in its order; the words under them are our reading of it.</p>
${parts}</section>`;
}

/** The claims by heading, in the page's order; unknown headings come last. */
function outline(claims: readonly ReportedClaim[]) {
  const pages = new Set<string>([...HEADINGS, ...claims.map((claim) => claim.page)]);
  return [...pages].flatMap((page) => {
    const own = claims.filter((claim) => claim.page === page);
    return own.length === 0 ? [] : [{ path: page.split(' › '), claims: own }];
  });
}

function claimBlock(
  claim: ReportedClaim,
  report: Report,
  all: ReadonlyMap<string, ReportedCase>,
  evidence: ReadonlyMap<string, Html>,
): Html {
  const own = claim.cases.flatMap((id) => all.get(id) ?? []);
  const wrong = claim.verdict === 'fail';
  const elsewhere = claim.brokenBy.filter((id) => !claim.cases.includes(id));
  return html`<article class="claim ${claim.verdict}" id="${anchor(claim.id)}" data-has="${verdictsOf([claim], all).join(' ')}">
<p class="reading">${chip(claim.verdict)} <a class="id" href="#${anchor(claim.id)}">${claim.id}</a> ${prose(claim.reading)}</p>
${claim.note !== undefined && html`<p class="note">${prose(claim.note ?? '')}</p>`}
${claim.reason !== undefined && html`<p class="note">${capital(claim.reason ?? '')}</p>`}
${
  wrong &&
  html`<p class="note"><a href="#wrong-${anchor(claim.id)}">What is wrong</a>${
    elsewhere.length > 0 &&
    html`; also seen by ${elsewhere.slice(0, 5).map((id, index) => html`${index > 0 && ', '}<a href="#${anchor(id)}">${id}</a>`)}${elsewhere.length > 5 && ` and ${elsewhere.length - 5} more`}`
  }</p>`
}
<details><summary>${casesInWords(claim, own)}</summary>${own.map((one) => caseBlock(one, report, evidence))}</details>
<details><summary>Explain</summary><dl class="about">${aboutClaim(claim, report.proof).map(([name, text]) => html`<div><dt>${name}</dt><dd>${prose(text)}</dd></div>`)}</dl></details></article>`;
}

function caseBlock(one: ReportedCase, { target }: Report, evidence: ReadonlyMap<string, Html>): Html {
  const ms = one.verdict === 'not-run' || target.kind === 'replay' ? '' : `${one.ms.toFixed(0)} ms`;
  const tried = triedText(one);
  return html`<details class="case" id="${anchor(one.id)}" data-verdict="${one.verdict}"><summary>${chip(one.verdict)} ${one.title}
<code>${one.id}</code> <span class="quiet">${ms}${one.retried && ', answered at a later attempt'}</span></summary>
${one.findings
  .slice(0, 2)
  .map(
    ({ claim, expected, actual }) =>
      html`<p class="note"><a href="#${anchor(claim)}">${claim}</a>: expected ${cut(expected, LONGEST)}, actual ${cut(actual, LONGEST)}</p>`,
  )}
${one.observation !== undefined && html`<p class="note">Observed: ${cut(one.observation, LONGEST)}</p>`}
${one.reason !== undefined && html`<p class="note">${capital(cut(reasonInWords(one), LONGEST))}</p>`}
${tried !== undefined && html`<p class="note">${capital(tried)}.</p>`}
${evidence.get(one.id)}</details>`;
}

/** A verdict as a word with a colour. */
export function chip(verdict: CaseVerdict): Html {
  return html`<span class="chip ${verdict}"><span aria-hidden="true">${VERDICT_WORDS[verdict].mark}</span> ${VERDICT_WORDS[verdict].word}</span>`;
}

function casesInWords({ decided: { cases, of } }: ReportedClaim, own: readonly ReportedCase[]): string {
  if (own.length === 0) return 'No case';
  const decided = cases === of ? '' : `, ${cases} of ${of} decided`;
  return `${counted(own.length, 'case', 'cases')}: ${tally(own.map(({ verdict }) => verdict))}${decided}`;
}

function verdictsOf(claims: readonly ReportedClaim[], all: ReadonlyMap<string, ReportedCase>): CaseVerdict[] {
  const own = claims.flatMap((claim) => claim.cases.flatMap((id) => all.get(id)?.verdict ?? []));
  return VERDICTS.filter((verdict) => own.includes(verdict));
}
