import type { Report } from '../report.ts';
import { evidenceWithin } from './budget.ts';
import { htmlDocument } from './document.ts';
import { gradedSection } from './graded.ts';
import { type Html, html } from './html.ts';
import { latencySection } from './latency.ts';
import { openSection } from './open.ts';
import { glossarySection, notRunSection, waiverSection } from './rest.ts';
import { factsSection, filterSection, verdictSection } from './verdict.ts';
import { wrongSection } from './wrong.ts';

/** The report as one HTML file for people. The same report gives the same bytes. */
export function htmlPage(report: Report): string {
  const sections: readonly (readonly [string, string, Html | undefined])[] = [
    ['wrong', report.counts.fail > 0 ? 'What is wrong' : 'Not judged', wrongSection(report)],
    ['page', 'The page, graded', gradedSection(report, evidenceWithin(report))],
    ['open', 'Left open', openSection(report)],
    ['latency', 'Latency', latencySection(report)],
    ['known', 'Known deviations', waiverSection(report)],
    ['not-run', 'Not run', notRunSection(report)],
    ['words', 'The words', glossarySection()],
  ];
  const there = sections.filter(([, , section]) => section !== undefined);
  const title = `${report.summary} (${report.target.host}, ${report.started.slice(0, 10)})`;
  return htmlDocument(
    title,
    html`<a class="skip" href="#main">Skip to the findings</a>
${verdictSection(report)}
<nav aria-label="Parts of this report"><ul>${there.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
<main id="main">
${factsSection(report)}
${filterSection(report)}
${there.map(([, , section]) => section)}
</main>
<footer><p>Get or Create Customer, judged claim by claim. Everything here comes from report.json, which has every exchange in full.</p></footer>`,
  );
}
