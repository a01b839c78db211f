import type { Claim } from '../spec/claims.ts';
import type { Case } from '../suites/cases/case.ts';
import type { Proof } from './report.ts';
import { inLines } from './terminal.ts';

/**
 * Everything that is known about a claim without a run: names, each with a sentence or a command.
 * @param proof the result of `npm run prove`, if available
 */
export function aboutClaim(claim: Claim, proof?: Proof): (readonly [name: string, text: string])[] {
  const { id, level, page, reading, note, observes, readings = [], neighbours = [] } = claim;
  const found = proof?.byClaim[id];
  const isMust = level === 'must';
  const proved = found && `the suite finds ${found.killed} of ${found.mutants} servers that break it on purpose`;
  const parts: readonly (readonly [string, string | false | undefined])[] = [
    ['Reading', reading],
    ['Documentation', page],
    ['Level', isMust ? 'must: a server that differs does not conform' : 'open: observed, never failed'],
    ['Observes', observes],
    ...readings.map((one) => ['Can be read as', one] as const),
    ['Note', note],
    ...neighbours.map(({ what, where }) => ['Elsewhere', `${what} (${where})`] as const),
    ['Proof', isMust && (proved ?? 'not measured: run juspay-conformance prove')],
    ['Run it', `juspay-conformance run --claim ${id}`],
    ['Waive it', isMust && `juspay-conformance waive reports/out/report.json waivers.yaml --claim ${id}`],
  ];
  return parts.flatMap(([name, text]) => (text === undefined || text === false ? [] : [[name, text]]));
}

/** The explanation of a claim as text for a terminal, with its cases at the end. */
export function explainText(
  claim: Claim,
  cases: readonly Pick<Case, 'id' | 'claim' | 'title'>[],
  proof: Proof | undefined,
  columns: number,
): string {
  const width = Math.max(80, columns);
  const lines = aboutClaim(claim, proof).map(([name, text]) => `  ${name.padEnd(15)} ${inLines(text, width, 18)}`);
  const own = cases.filter((one) => one.claim === claim.id);
  return [claim.id, ...lines, `  Cases (${own.length})`, ...own.map(({ id, title }) => `    ${id}  ${title}`), ''].join(
    '\n',
  );
}
