import type { Proof } from './proof.ts';

/** The proof as a table for the terminal: claims, totals, and what fails it. */
export function proofText(proof: Proof): string {
  const { mutants, variants, transport, coverage, byClaim, imprecise, problems, seconds } = proof;
  const twoSided = coverage.filter((one) => one.accepted > 0 && one.refused > 0).length;
  const reasoned = coverage.filter((one) => one.reason !== undefined && !(one.accepted > 0 && one.refused > 0)).length;
  const counted = mutants.total - mutants.equivalent;
  const rows: [string, string][] = [
    ['mutants', `${mutants.total}, of which ${mutants.equivalent} are equivalent, each with a reason`],
    ['killed', share(mutants.killed, counted)],
    ['blamed on the right claim', share(mutants.blamed, counted)],
    ['no unrelated claim failed', share(mutants.precise, counted)],
    ['killed by the smoke profile', share(mutants.smoke, counted)],
    ['conforming variants passed', share(variants.passed, variants.total)],
    ['transport faults detected', share(transport.told, transport.total)],
    [
      'request constraints tried',
      `${twoSided} from both sides, ${reasoned} from one with a reason, of ${coverage.length}`,
    ],
    ['time', `${seconds} s`],
  ];
  return [
    'claim    mutants  killed',
    ...Object.entries(byClaim)
      .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
      .map(([claim, sum]) => `${claim.padEnd(8)} ${String(sum.mutants).padStart(7)} ${String(sum.killed).padStart(7)}`),
    '',
    ...rows.map(([name, value]) => `${name.padEnd(28)} ${value}`),
    ...(imprecise.length === 0 ? [] : ['', 'Unrelated claims that failed too:', ...imprecise.map((one) => `  ${one}`)]),
    ...(problems.length === 0
      ? ['', 'The proof holds.']
      : ['', 'The proof does not hold:', ...problems.map((one) => `  ${one}`)]),
    '',
  ].join('\n');
}

function share(part: number, whole: number): string {
  // Rounded down, so that one survivor of a thousand shows.
  const percent = whole === 0 ? 0 : Math.floor((part / whole) * 1000) / 10;
  return `${part} of ${whole} (${percent} %)`;
}
