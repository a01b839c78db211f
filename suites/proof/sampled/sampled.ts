import { inProcesses } from '../in-process.ts';
import type { SampleOutcome } from './judge-sample.ts';

/** A proportion with its 95 % Wilson confidence interval. */
export interface Share {
  readonly part: number;
  readonly whole: number;
  readonly from: number;
  readonly to: number;
}

/** @returns a share with limits between 0 and 1 */
export function shareOf(part: number, whole: number): Share {
  if (whole === 0) return { part, whole, from: 0, to: 1 };
  const z = 1.96;
  const [p, n] = [part / whole, whole];
  const middle = p + (z * z) / (2 * n);
  const spread = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return { part, whole, from: (middle - spread) / scale, to: (middle + spread) / scale };
}

/** Judges random samples, in as many processes as there are cores. */
export async function proveSampled(seed: number, samples: number): Promise<SampledProof> {
  const started = performance.now();
  const outcomes = (await inProcesses<SampleOutcome[]>({ seed, samples })).flat();
  outcomes.sort((one, other) => one.index - other.index);
  return concludeSamples(seed, Math.round((performance.now() - started) / 100) / 10, outcomes);
}

/** The combined results of the samples. */
export interface SampledProof {
  readonly seed: number;
  readonly samples: number;
  readonly seconds: number;
  /** Servers that break a claim and were caught. */
  readonly caught: Share;
  /** Caught ones that were blamed for a permitted claim. */
  readonly blamed: Share;
  /** Conforming servers, and those that were accused. */
  readonly conforming: number;
  readonly accused: readonly SampleOutcome[];
  readonly survivors: readonly SampleOutcome[];
  readonly misblamed: readonly SampleOutcome[];
}

/** Adds up samples. */
export function concludeSamples(seed: number, seconds: number, outcomes: readonly SampleOutcome[]): SampledProof {
  const wrong = outcomes.filter(({ claims }) => claims.length > 0);
  const isCaught = ({ broken }: SampleOutcome) => Object.keys(broken).length > 0;
  const caught = wrong.filter(isCaught);
  const misblamed = caught.filter(({ claims, broken }) => !claims.some((claim) => claim in broken));
  const conforming = outcomes.filter(({ claims }) => claims.length === 0);
  return {
    ...{ seed, seconds, samples: outcomes.length, conforming: conforming.length, misblamed },
    caught: shareOf(caught.length, wrong.length),
    blamed: shareOf(caught.length - misblamed.length, caught.length),
    accused: conforming.filter((one) => isCaught(one) || one.errors > 0),
    survivors: wrong.filter((one) => !isCaught(one)),
  };
}

/** The samples as text for the terminal. */
export function sampledText(proof: SampledProof): string {
  const { seed, samples, seconds, caught, blamed, conforming, accused, survivors, misblamed } = proof;
  const list = (title: string, outcomes: readonly SampleOutcome[], tell: (one: SampleOutcome) => string) =>
    outcomes.length === 0
      ? []
      : ['', title, ...outcomes.map((one) => `  ${one.index}: ${one.trigger} -> ${one.effect}; ${tell(one)}`)];
  const accusedOf = ({ broken }: SampleOutcome) =>
    Object.entries(broken)
      .map(([claim, by]) => `${claim} by ${by}`)
      .join(', ');
  return [
    `random faults     ${samples} samples of seed ${seed}, ${seconds} s`,
    `caught            ${told(caught)}`,
    `blamed correctly  ${told(blamed)}`,
    `conforming        ${conforming}, of which ${accused.length} were accused`,
    ...list('Accused but conforming:', accused, (one) =>
      one.errors > 0 ? `${one.errors} cases could not be judged` : accusedOf(one),
    ),
    ...list(
      'Blamed for a claim that they do not break:',
      misblamed,
      (one) => `breaks ${one.claims.join(', ')}; blamed: ${accusedOf(one)}`,
    ),
    ...list('Not caught:', survivors, (one) => `breaks ${one.claims.join(', ')}; the suite met it ${one.met} times`),
    '',
  ].join('\n');
}

function told({ part, whole, from, to }: Share): string {
  const percent = (value: number) => (Math.floor(value * 1000) / 10).toFixed(1);
  return `${part} of ${whole} (${percent(whole === 0 ? 0 : part / whole)} %; 95 % confidence: ${percent(from)} to ${percent(to)} %)`;
}
