import { ACCOUNT } from '../../suites/judge/customer/request.ts';
import { VERDICT_WORDS, VERDICTS } from '../words.ts';
import { type Html, html } from './html.ts';

/** The verdicts and other terms of a report, with their meaning. */
const GLOSSARY: readonly (readonly [string, string])[] = [
  ['claim', 'One thing that the documentation page says, or leaves open, in our words. Its id never changes.'],
  ['case', 'A test of one claim: a request to the server, or a few that belong together.'],
  ...VERDICTS.map((verdict) => [VERDICT_WORDS[verdict].word, VERDICT_WORDS[verdict].meaning] as const),
  ['decided', 'The case showed whether its own claim holds. Another failing claim can stop a case before that.'],
  ['replay', 'The answers come from the recording of an earlier run. Nothing is sent.'],
  ['pinned', 'An observation that was saved in a file, so that later runs report when the server changes.'],
  [
    'execution, seed',
    'A property is tried many times, each time with other values: these are its executions. The same seed gives the same values.',
  ],
  [
    'worst first',
    'First the claims whose failure gives access to the data of others, then those that most cases show.',
  ],
  ['mutant', 'A server with one deliberate fault. It counts as found when the suite fails it.'],
  ['JSON pointer', 'The place in a JSON body, as in RFC 6901: /error/code.'],
  [`[API key], [${ACCOUNT.name}], [client auth token]`, 'Replaces a secret. Reports never contain secrets.'],
];

/** The glossary section of the page. */
export function glossarySection(): Html {
  const words = GLOSSARY.map(([word, meaning]) => html`<div><dt>${word}</dt><dd>${meaning}</dd></div>`);
  return html`<section aria-labelledby="glossary"><h2 id="glossary">Glossary</h2><dl class="glossary">${words}</dl></section>`;
}
