import { spawnSync } from 'node:child_process';
import type { Report } from '../../reports/report.ts';
import { isDay } from '../../spec/date-time.ts';
import { SetupError } from '../../spec/setup-error.ts';
import { EXAMPLE } from '../cases/example-ids.ts';
import type { Draft } from '../waivers/write-waivers.ts';
import type { Definition, Options } from './command.ts';

/** Days that a waiver holds unless it is said: long enough to mend a server, short enough to be asked again. */
const DAYS = 30;

export const waive: Definition = {
  name: 'waive',
  summary: 'Writes waivers for what a run found broken; the reason of each is for you to write.',
  arguments: [
    ['<report>', 'report.json of the run'],
    ['<file>', 'the file of waivers; added to where it is there'],
  ],
  options: [
    ['--claim <id>', `only this broken claim, like ${EXAMPLE.claim}`, 'repeatable'],
    ['--case <id>', `this broken case, like ${EXAMPLE.case}, with a waiver of its own`, 'repeatable'],
    ['--owner <name>', 'who looks after them: a name, a team, a ticket (default: the name that git has)'],
    ['--expires <day>', `the last day on which they hold, like 2026-03-31 (default: in ${DAYS} days)`],
    ['--prune', 'takes away waivers, and cases of waivers, that the run had no use for; adds nothing by itself'],
  ],
  examples: [
    'waive reports/out/report.json waivers.yaml',
    `waive reports/out/report.json waivers.yaml --claim ${EXAMPLE.claim} --owner payments`,
    'waive reports/out/report.json waivers.yaml --prune',
  ],
  exitCodes: '0 written, or there was nothing to write, 2 a file or an option cannot be used',
  async run([reportFile = '', file = ''], options) {
    const { forTerminal } = await import('../../reports/terminal.ts');
    process.stdout.write(`${forTerminal(await waiveText(reportFile, file, options))}\n`);
    return 0;
  },
};

/** Changes the file. @returns what was done, and what is to be done next; not escaped */
export async function waiveText(reportFile: string, file: string, options: Options): Promise<string> {
  const [{ readReport }, { WaiverFile }, { dayAfter }] = await Promise.all([
    import('../../reports/read-report.ts'),
    import('../waivers/write-waivers.ts'),
    import('../waivers/load-waivers.ts'),
  ]);
  const report = readReport(reportFile);
  const today = new Date().toISOString().slice(0, 10);
  const { owner = gitName(), expires = dayAfter(today, DAYS), claim = [], case: ids = [] } = options;
  if (typeof expires !== 'string' || !isDay(expires) || expires < today) {
    throw new SetupError(
      `--expires is ${JSON.stringify(expires)}: expected a day to come, like ${dayAfter(today, DAYS)}`,
    );
  }
  const asked = [claim, ids].flatMap((list) => (Array.isArray(list) ? (list as string[]) : []));
  const drafts = options['prune'] === true && asked.length === 0 ? [] : draftsOf(report, asked);
  const waivers = new WaiverFile(file, report.target.kind === 'mock' ? 'mock' : report.target.host);
  const done = [
    ...(options['prune'] === true ? (report.waivers ?? []).map((one) => waivers.prune(one)) : []),
    ...drafts.map((draft) => waivers.add(draft, { owner: String(owner), expires }, today)),
  ].filter((text) => text !== undefined);
  if (done.length > 0) waivers.save();
  const lines = (done.length === 0 ? ['nothing to change'] : done).map((text) => `${file}: ${text}`);
  const isNew = done.some((text) => text.includes(' added'));
  return [...lines, ...(isNew ? ['Write the reason of each; a run takes no waiver without one.'] : [])].join('\n');
}

/** The waivers that a report asks for. @param asked ids of claims and of cases; empty for every broken claim */
function draftsOf({ claims, cases }: Report, asked: readonly string[]): Draft[] {
  const about = new Map(claims.map(({ id, reading }) => [id, `${id}: ${reading}`]));
  const failed = cases.filter(({ verdict }) => verdict === 'fail');
  const broken = claims.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
  return (asked.length === 0 ? broken : asked).map((id) => {
    const own = failed.filter((one) => one.findings.some((finding) => finding.claim === id));
    if (own.length > 0) return { id, cases: own.map((one) => one.id), about: about.get(id) ?? id };
    const found = failed.find((one) => one.id === id);
    if (found === undefined)
      throw new SetupError(`${id} is not broken in this report; broken are ${broken.join(', ') || 'none'}`);
    return { id, about: `${found.title} (${about.get(found.claim) ?? found.claim})` };
  });
}

/** Empty where git has none, or is not there: then a person has to write it. */
function gitName(): string {
  const { stdout, status } = spawnSync('git', ['config', 'user.name'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : '';
}
