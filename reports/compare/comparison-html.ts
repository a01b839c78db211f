import { anchor } from '../html/anchors.ts';
import { htmlDocument } from '../html/document.ts';
import { type Html, html } from '../html/html.ts';
import type { Changed, Comparison } from './compare.ts';
import { CHANGE_WORDS, changedOnly, comparisonSentence, runInWords } from './comparison-words.ts';

/** A comparison as one HTML file. */
export function comparisonPage(comparison: Comparison): string {
  const { before, after, cautions, claims, cases, broke } = comparison;
  const sentence = comparisonSentence(comparison);
  const [word = '', ...rest] = sentence.split(':');
  return htmlDocument(
    sentence,
    html`<header class="verdict ${broke ? 'does-not-conform' : 'conforms'}">
<p class="judged">Two runs compared <span class="api">Get or Create Customer API</span></p>
<h1><span class="word">${word}</span></h1><p>${rest.join(':')}</p>
${cautions.map((caution) => html`<p class="notice"><strong>Note:</strong> ${caution}</p>`)}</header>
<main id="main"><section aria-labelledby="runs"><h2 id="runs">The runs</h2>
<dl class="facts runs"><div><dt>Before</dt><dd>${runInWords(before)}</dd></div><div><dt>After</dt><dd>${runInWords(after)}</dd></div></dl></section>
${part('claims', 'Claims', claims)}${part('cases', 'Cases', cases)}
</main>`,
  );
}

function part(id: string, title: string, all: readonly Changed[]): Html {
  const changed = changedOnly(all);
  const same = all.length - changed.length;
  return html`<section aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
${
  changed.length > 0 &&
  html`<div class="wide"><table><thead><tr><th scope="col">Change</th><th scope="col">Id</th><th scope="col">What it says</th>
<th scope="col">Before</th><th scope="col">After</th></tr></thead><tbody>${changed.map(row)}</tbody></table></div>`
}
<p class="quiet">${same} of ${all.length} are the same.</p></section>`;
}

function row({ id, title, change, before, after }: Changed): Html {
  const style =
    change === 'newly-broken'
      ? 'fail'
      : change === 'repaired'
        ? 'pass'
        : change === 'other-observation'
          ? 'observed'
          : 'waived';
  return html`<tr id="${anchor(id)}"><td><span class="chip ${style}">${CHANGE_WORDS[change]}</span></td><th scope="row"><a href="#${anchor(id)}">${id}</a></th>
<td>${cut(title)}</td><td>${cut(before)}</td><td>${cut(after)}</td></tr>`;
}

function cut(text: string): string {
  return text.length <= 300 ? text : `${text.slice(0, 300)}…`;
}
