import { groupBy } from '../spec/group-by.ts';
import { SetupError } from '../spec/setup-error.ts';
import type { CaseVerdict } from '../suites/judge/result.ts';
import type { JudgedWaiver } from '../suites/waivers/waiver.ts';
import { conclude } from './conclude.ts';
import { noticesOf } from './notices.ts';
import { withWatch } from './observation-changes.ts';
import type { Report, ReportedClaim } from './report.ts';
import type { ReportedCase } from './reported-case.ts';

/** The verdict of a claim that was judged in several parts is the first of these that a part has. */
const FIRST: readonly CaseVerdict[] = ['fail', 'waived', 'error', 'observed', 'pass', 'not-run'];

/** A report with its file. */
export interface Part {
  readonly file: string;
  readonly report: Report;
}

/**
 * Merges the reports of a run's parts (`--shard 1/3`, `2/3`, `3/3`).
 * @throws SetupError if a part is missing, repeated, or of another run
 */
export function joinReports(parts: readonly Part[]): Report {
  const [first, ...others] = check(parts);
  const reports = [first, ...others];
  const claims = first.claims.map(({ id }) => joinClaim(reports.map((report) => found(report.claims, id, 'claim'))));
  const cases = first.cases.map(({ id }) => joinCase(reports.map((report) => found(report.cases, id, 'case'))));
  const ended = reports.find((report) => !report.complete);
  const complete = ended === undefined;
  const waivers = joinWaivers(reports);
  const sum = (value: (report: Report) => number | undefined) =>
    reports.reduce((total, report) => total + (value(report) ?? 0), 0);
  const { watch, limit: _, ...rest } = first;
  const whole: Omit<Report, 'notices'> = {
    ...rest,
    run: { ...first.run, shard: null },
    ...conclude(cases, claims, complete, waivers),
    complete,
    interrupted: ended?.interrupted ?? null,
    ...(ended?.limit === undefined ? {} : { limit: ended.limit }),
    started: reports.map(({ started }) => started).sort()[0] ?? first.started,
    ms: Math.max(...reports.map(({ ms }) => ms)),
    requests: sum(({ requests }) => requests),
    retries: sum(({ retries }) => retries),
    customers: {
      kept: sum(({ customers }) => customers.kept),
      new: sum(({ customers }) => customers.new),
      ...(first.customers.created === undefined ? {} : { created: sum(({ customers }) => customers.created) }),
    },
    ...(first.waivers === undefined ? {} : { waivers }),
    claims,
    cases,
  };
  const report = { ...whole, notices: noticesOf(whole) };
  const changes = reports.flatMap((part) => part.watch?.changes ?? []);
  return watch === undefined ? report : withWatch(report, { ...watch, changes });
}

/** The parts in order. */
function check(parts: readonly Part[]): [Report, ...Report[]] {
  const inOrder = parts.toSorted((a, b) => indexOf(a) - indexOf(b));
  const [first] = inOrder;
  if (first === undefined) throw new SetupError('no report was named');
  const count = first.report.run.shard?.count ?? 0;
  const problems: string[] = [];
  const common = identity(first.report);
  for (const { file, report } of inOrder) {
    if (report.run.shard === null) problems.push(`${file} is the report of a whole run, not of a part (--shard 1/3)`);
    if (count === 0) continue;
    for (const [what, value] of Object.entries(identity(report))) {
      if (value === common[what]) continue;
      problems.push(`${file} is of another run than ${first.file}: ${what} ${value}, not ${common[what]}`);
    }
  }
  for (let index = 1; index <= count; index += 1) {
    const files = inOrder.filter((part) => indexOf(part) === index).map(({ file }) => file);
    if (files.length === 0) problems.push(`part ${index} of ${count} is missing`);
    if (files.length > 1) problems.push(`part ${index} of ${count} is given more than once: ${files.join(', ')}`);
  }
  if (problems.length > 0) {
    throw new SetupError(
      `these reports are not all parts of one run:\n${problems.map((one) => `  - ${one}`).join('\n')}`,
    );
  }
  const [report, ...others] = inOrder.map((part) => part.report);
  return [report as Report, ...others];
}

function indexOf({ report }: Part): number {
  return report.run.shard?.index ?? 0;
}

/** What all parts of a run have in common, with its name. */
function identity({ run, target, contract, settings }: Report): Record<string, string> {
  return {
    run: run.id,
    'number of parts': String(run.shard?.count ?? 0),
    profile: run.profile,
    target: [target.kind, target.host, target.recording?.recorded ?? ''].join(' ').trim(),
    contract: contract.sha256.slice(0, 12),
    settings: JSON.stringify(settings),
  };
}

function found<T extends { readonly id: string }>(list: readonly T[], id: string, what: string): T {
  const one = list.find((entry) => entry.id === id);
  if (one === undefined)
    throw new SetupError(`a part has no ${what} ${id}: it was made by another version of the suite`);
  return one;
}

/** The result from the part that the case was selected for. */
function joinCase(ofParts: readonly ReportedCase[]): ReportedCase {
  const judged = ofParts.filter(({ notRun }) => notRun !== 'not-selected');
  if (judged.length > 1) throw new SetupError(`the case ${judged[0]?.id} was judged in ${judged.length} parts`);
  return judged[0] ?? (ofParts[0] as ReportedCase);
}

function joinClaim(ofParts: readonly ReportedClaim[]): ReportedClaim {
  const [first] = ofParts.toSorted((a, b) => FIRST.indexOf(a.verdict) - FIRST.indexOf(b.verdict)) as [ReportedClaim];
  const observations: Record<string, string> = Object.assign({}, ...ofParts.map((claim) => claim.observations));
  const decided = ofParts.reduce((total, claim) => total + claim.decided.cases, 0);
  return {
    ...first,
    decided: { ...first.decided, cases: decided },
    brokenBy: ofParts.flatMap((claim) => claim.brokenBy),
    ...(first.observations === undefined ? {} : { observations }),
  };
}

/** A waiver that one part used is used; otherwise any part's state will do. */
function joinWaivers(reports: readonly Report[]): JudgedWaiver[] {
  const byId = groupBy(
    reports.flatMap(({ waivers = [] }) => waivers),
    ({ id }) => id,
  );
  return [...byId.values()].flatMap((own) => own.find(({ state }) => state === 'used') ?? own[0] ?? []);
}
