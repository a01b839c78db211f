import { EXIT_CODES, type Report } from '../report.ts';
import { safeJson } from '../terminal.ts';
import { worstFirst } from '../worst-first.ts';

/** The outcome of a run as one line of JSON, for scripts. Everything else is in report.json. */
export function verdictLine(report: Report): string {
  const { verdict, complete, target, contract, started, counts, waivers = [], watch } = report;
  const { recording } = target;
  const stale = waivers.filter(({ state }) => state !== 'used').map(({ id }) => id);
  // Contains texts from outside (a recording's host, a waiver's id), and JSON does not escape everything that a
  // terminal interprets.
  return safeJson({
    verdict,
    exitCode: EXIT_CODES[verdict],
    complete,
    target: target.kind,
    host: target.host,
    ...(recording === undefined ? {} : { recorded: recording.recorded, contractChanged: recording.contractChanged }),
    contract: contract.version,
    contractSha256: contract.sha256,
    started,
    counts,
    broken: worstFirst(report).map((one) => one.claim.id),
    ...(stale.length === 0 ? {} : { staleWaivers: stale }),
    ...(watch === undefined ? {} : { changedObservations: watch.changes.map(({ id }) => id) }),
  });
}
