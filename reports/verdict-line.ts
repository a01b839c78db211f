import { EXIT_CODES, type Report } from './report.ts';
import { worstFirst } from './worst-first.ts';

/** The outcome of a run as one line of JSON, for a pipeline that decides by it. Everything else is in report.json. */
export function verdictLine(report: Report): string {
  const { verdict, complete, target, contract, started, counts } = report;
  return JSON.stringify({
    verdict,
    exitCode: EXIT_CODES[verdict],
    complete,
    target: target.kind,
    host: target.host,
    contract: contract.version,
    contractSha256: contract.sha256,
    started,
    counts,
    broken: worstFirst(report).map((one) => one.claim.id),
  });
}
