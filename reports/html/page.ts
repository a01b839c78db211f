import { targetInWords } from '../notices.ts';
import type { Report } from '../report.ts';
import { type ReportTable, reportTables } from '../tables.ts';
import { charactersSection } from './characters.ts';
import { htmlDocument } from './document.ts';
import { evidenceWithin } from './evidence-limit.ts';
import { glossarySection } from './glossary.ts';
import { gradedSection } from './graded.ts';
import { type Html, html } from './html.ts';
import { latencySection } from './latency.ts';
import { tableSection } from './table.ts';
import { timelineSection } from './timeline.ts';
import { factsSection, filterSection, verdictSection } from './verdict.ts';
import { wrongSection } from './wrong.ts';

type Section = readonly [id: string, name: string, section: Html | undefined];

/** Maximum bytes of a page with its evidence: small enough to be sent by mail. */
const PAGE_LIMIT = 480_000;

/** The report as one HTML file for people. The same report gives the same bytes. */
export function htmlPage(report: Report): string {
  // The matrix of characters is at the top if something in it is wrong, else among the details.
  const tables = reportTables(report);
  const isWrong = tables.some(({ id }) => id === 'characters');
  const tablesOf = (...ids: ReportTable['id'][]) =>
    tables
      .filter(({ id }) => ids.includes(id))
      .map((table): Section => [table.id, table.title, tableSection(table, report)]);
  const [picture, detail] = isWrong ? [charactersSection(report), undefined] : [undefined, charactersSection(report)];
  const top = html`<a class="skip" href="#main">Skip to the findings</a>
${verdictSection(report, picture)}
<main id="main">
${filterSection(report)}`;
  const before: readonly Section[] = [
    ['wrong', 'What is wrong', wrongSection(report)],
    ...tablesOf('changed', 'errors'),
  ];
  const after: readonly Section[] = [
    ['characters', 'Characters', detail],
    ...tablesOf('open'),
    ['facts', 'What ran', factsSection(report)],
    ['timeline', 'Timeline', timelineSection(report)],
    ['latency', 'Latency', latencySection(report)],
    ...tablesOf('waived', 'not-run'),
    ['glossary', 'Glossary', glossarySection()],
  ];
  const title = `${report.summary} (${targetInWords(report.target)}, ${report.started.slice(0, 10)})`;
  const rendered = (evidence: ReadonlyMap<string, Html>) => {
    const graded: Section = ['page', 'By documentation section', gradedSection(report, evidence)];
    const there = [...before, graded, ...after].filter(([, , section]) => section !== undefined);
    return htmlDocument(
      title,
      html`${top}
<nav aria-label="Parts of this report"><ul>${there.map(([id, name]) => html`<li><a href="#${id}">${name}</a></li>`)}</ul></nav>
${there.map(([, , section]) => section)}
</main>
<footer><p>Everything here comes from report.json, which has every exchange in full.</p></footer>`,
    );
  };
  // Render it without evidence first, to know how much space is left.
  const room = PAGE_LIMIT - Buffer.byteLength(rendered(new Map()));
  return rendered(evidenceWithin(report, room));
}
