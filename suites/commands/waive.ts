import { spawnSync } from 'node:child_process';
import type { Report } from '../../reports/report.ts';
import { isDay } from '../../spec/date-time.ts';
import { SetupError } from '../../spec/setup-error.ts';
import { EXAMPLE } from '../cases/example-ids.ts';
import type { Draft } from '../waivers/write-waivers.ts';
import type { Definition, Options } from './command.ts';

/** Default days until a waiver expires: long enough to fix a server, short enough that the waiver gets reviewed. */
const DAYS = 30;

export const waive: Definition = {
  name: 'waive',
  summary: 'Drafts waivers for what a run found broken; you write the reason of each.',
  arguments: [
    ['<report>', 'report.json of the run'],
    ['<file>', 'the file of waivers; created if missing, else extended'],
  ],
  options: [
    ['--claim <id>', `only this broken claim, like ${EXAMPLE.claim}`, 'repeatable'],
    ['--case <id>', `a separate waiver for this broken case, like ${EXAMPLE.case}`, 'repeatable'],
    ['--owner <name>', 'who is responsible: a name, a team, a ticket; default: user.name from git'],
    ['--expires <day>', `the last day on which they apply, like 2026-03-31; default: in ${DAYS} days`],
    ['--prune', 'remove waivers, and cases of waivers, that the run did not need; adds none unless asked to'],
  ],
  examples: [
    'waive reports/out/report.json waivers.yaml',
    `waive reports/out/report.json waivers.yaml --claim ${EXAMPLE.claim} --owner payments`,
    'waive reports/out/report.json waivers.yaml --prune',
  ],
  exitCodes: '0 written, or nothing to change, 2 a file or an option cannot be used',
  async run([reportFile = '', file = ''], options) {
    const { forTerminal } = await import('../../reports/terminal.ts');
    process.stdout.write(`${forTerminal(await waiveText(reportFile, file, options))}\n`);
    return 0;
  },
};

/** Changes the file. @returns what was done and what to do next; not escaped */
export async function waiveText(reportFile: string, file: string, options: Options): Promise<string> {
  const { readReport } = await import('../../reports/read-report.ts');
  const { WaiverFile } = await import('../waivers/write-waivers.ts');
  const { dayAfter } = await import('../waivers/load-waivers.ts');
  const report = readReport(reportFile);
  const today = new Date().toISOString().slice(0, 10);
  const { owner = gitName(), expires = dayAfter(today, DAYS), claim = [], case: ids = [] } = options;
  if (typeof expires !== 'string' || !isDay(expires) || expires < today) {
    throw new SetupError(
      `--expires is ${JSON.stringify(expires)}: expected today or a later day, like ${dayAfter(today, DAYS)}`,
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
  return [...lines, ...(waivers.hasNew ? ['Write the reason of each; a run rejects a waiver without one.'] : [])].join(
    '\n',
  );
}

/** Drafts waivers from a report. @param asked ids of claims and cases; empty for every broken claim */
function draftsOf({ claims, cases }: Report, asked: readonly string[]): Draft[] {
  const about = new Map(claims.map(({ id, reading }) => [id, `${id}: ${reading}`]));
  const failed = cases.filter(({ verdict }) => verdict === 'fail');
  const broken = claims.filter(({ verdict }) => verdict === 'fail').map(({ id }) => id);
  return (asked.length === 0 ? broken : asked).map((id) => {
    const own = failed.filter((one) => one.findings.some((finding) => finding.claim === id));
    if (own.length > 0) return { id, cases: own.map((one) => one.id), about: about.get(id) ?? id };
    const found = failed.find((one) => one.id === id);
    if (found === undefined)
      throw new SetupError(`${id} is not broken in this report; broken claims: ${broken.join(', ') || 'none'}`);
    return { id, about: `${found.title} (${about.get(found.claim) ?? found.claim})` };
  });
}

/** Empty if git is missing or has no name: then the user has to write it. */
function gitName(): string {
  const { stdout, status } = spawnSync('git', ['config', 'user.name'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : '';
}
