import { htmlDocument } from '../html/document.ts';
import { anchor, type Html, html, prose } from '../html/html.ts';
import { cut } from '../terminal.ts';
import { counted } from '../traffic-text.ts';
import { CHANGE_WORDS, type Change, type Changed, type ChangedClaim, type Comparison } from './compare.ts';
import { comparisonSentence, runInWords } from './comparison-words.ts';

const LONGEST = 300;

/** The style of a change: that of the most similar verdict. */
const STYLES: Partial<Record<Change, string>> = {
  'newly-broken': 'fail',
  repaired: 'pass',
  'other-observation': 'observed',
};

/** A comparison as one HTML file: the claims first, each with its cases folded. */
export function comparisonPage(comparison: Comparison): string {
  const { before, after, cautions, claims, byClaim, otherCases, broke } = comparison;
  const sentence = comparisonSentence(comparison);
  return htmlDocument(
    sentence,
    html`<header class="verdict ${broke ? 'does-not-conform' : 'conforms'}">
<p class="judged">Two runs compared <span class="api">Get or Create Customer API</span></p>
<h1>${sentence}</h1>
${cautions.map((caution) => html`<p class="notice"><strong>Note:</strong> ${caution}</p>`)}</header>
<main id="main"><section aria-labelledby="claims"><h2 id="claims">Claims</h2>
${byClaim.map(claimArticle)}
<p class="quiet">${claims.length - byClaim.length} of ${claims.length} are the same.</p></section>
${
  otherCases.length > 0 &&
  html`<section aria-labelledby="cases"><h2 id="cases">Cases of claims that did not change</h2>${foldedCases(otherCases)}</section>`
}
<section aria-labelledby="runs"><h2 id="runs">The runs</h2>
<dl class="facts runs"><div><dt>Before</dt><dd>${runInWords(before)}</dd></div><div><dt>After</dt><dd>${runInWords(after)}</dd></div></dl></section>
</main>`,
  );
}

function claimArticle({ cases, ...claim }: ChangedClaim): Html {
  const { id, title, change } = claim;
  return html`<article class="claim ${STYLES[change] ?? 'waived'}" id="${anchor(id)}">
<p class="reading">${chip(change)} <a class="id" href="#${anchor(id)}">${id}</a> ${prose(cut(title, LONGEST))}</p>
${change === 'other-observation' ? caseList(cases, change) : foldedCases(cases, claim)}</article>`;
}

function foldedCases(cases: readonly Changed[], claim?: Changed): Html {
  const start = claim === undefined ? '' : html`${fromTo(claim)}: `;
  const number = counted(cases.length, 'case', 'cases');
  if (cases.length === 0) return html`<p>${start}${number}</p>`;
  return html`<details><summary>${start}${number}</summary>${caseList(cases, claim?.change)}</details>`;
}

/** @param known the change that is shown above them */
function caseList(cases: readonly Changed[], known?: Change): Html {
  const items = cases.map(
    (one) =>
      html`<li>${one.change !== known && chip(one.change)} <code>${one.id}</code> ${cut(one.title, LONGEST)}: ${fromTo(one)}</li>`,
  );
  return html`<ul class="others">${items}</ul>`;
}

function fromTo({ before, after }: Changed): Html {
  return html`${cut(before, LONGEST)} <span aria-hidden="true">→</span><span class="hidden">became</span> <strong>${cut(after, LONGEST)}</strong>`;
}

function chip(change: Change): Html {
  return html`<span class="chip ${STYLES[change] ?? 'waived'}">${CHANGE_WORDS[change]}</span>`;
}
