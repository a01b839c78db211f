import type { Proof as ReportedProof } from '../../reports/report.ts';

/** The result for one wrong server. */
export interface MutantOutcome {
  readonly id: string;
  readonly kind: string;
  readonly claim: string;
  readonly description: string;
  /** Broken claims, each with the first case that shows it. */
  readonly broken: Readonly<Record<string, string>>;
  /** Broken claims that are neither the mutant's own nor related. */
  readonly unrelated: readonly string[];
  /** `equivalent`: the change is allowed, and must not be caught. */
  readonly outcome: 'killed' | 'survived' | 'equivalent';
  /** Whether the run failed the claim that the mutant breaks. */
  readonly blamed: boolean;
  /** Whether the smoke profile alone caught it. */
  readonly smoke: boolean;
}

/** The result for one conforming server. */
export interface VariantOutcome {
  readonly name: string;
  readonly open: string;
  readonly passed: boolean;
  /** Claims that it was blamed for, and cases that could not be judged. */
  readonly accused: Readonly<Record<string, string>>;
}

/** The result for one transport fault. */
export interface TransportOutcome {
  readonly name: string;
  /** Whether it broke the claims of the affected calls, and nothing was left unjudged. */
  readonly told: boolean;
  readonly accused: Readonly<Record<string, string>>;
}

/** A constraint on requests, with the number of cases on both sides. */
export interface Coverage {
  readonly constraint: string;
  readonly claim: string;
  readonly accepted: number;
  readonly refused: number;
  /** Why one side is enough, if the other is missing. */
  readonly reason?: string;
}

/** The whole proof; proof-matrix.json. */
export interface Proof {
  readonly schemaVersion: 1;
  readonly contractSha256: string;
  readonly seconds: number;
  readonly mutants: {
    readonly total: number;
    readonly killed: number;
    readonly survived: number;
    readonly equivalent: number;
    readonly blamed: number;
    readonly precise: number;
    /** Caught by the smoke profile alone. */
    readonly smoke: number;
  };
  readonly variants: { readonly total: number; readonly passed: number };
  readonly transport: { readonly total: number; readonly told: number };
  readonly byClaim: Readonly<Record<string, { readonly mutants: number; readonly killed: number }>>;
  readonly coverage: readonly Coverage[];
  readonly matrix: readonly MutantOutcome[];
  readonly variantOutcomes: readonly VariantOutcome[];
  readonly transportOutcomes: readonly TransportOutcome[];
  /** Unrelated claims that failed too, as text. */
  readonly imprecise: readonly string[];
  /** Everything that fails the proof, as text. Empty if it holds. */
  readonly problems: readonly string[];
}

/** The part of a proof shown in reports: proof.json. proof-matrix.json has every server. */
export function summaryOf({ contractSha256, mutants, variants, byClaim }: Proof): ReportedProof {
  const { total, killed, blamed, precise, equivalent } = mutants;
  return {
    schemaVersion: 1,
    contractSha256,
    mutants: { total, killed, blamed, precise, equivalent },
    variants,
    byClaim,
  };
}

/** The combined results of a proof's parts. */
export interface Findings {
  readonly contractSha256: string;
  readonly seconds: number;
  readonly mutants: readonly MutantOutcome[];
  readonly variants: readonly VariantOutcome[];
  readonly transport: readonly TransportOutcome[];
  readonly coverage: readonly Coverage[];
  /** Constraints without mutants, and reasons in the proof's files without a match. */
  readonly orphans: readonly string[];
}

/** Adds up a proof, and lists what fails it. */
export function conclude(found: Findings): Proof {
  const counted = found.mutants.filter((mutant) => mutant.outcome !== 'equivalent');
  const killed = counted.filter((mutant) => mutant.outcome === 'killed');
  const byClaim: Record<string, { mutants: number; killed: number }> = {};
  for (const { claim, outcome } of counted) {
    const sum = byClaim[claim] ?? { mutants: 0, killed: 0 };
    byClaim[claim] = sum;
    sum.mutants += 1;
    if (outcome === 'killed') sum.killed += 1;
  }
  const imprecise = killed.flatMap(({ id, description, unrelated, broken }) =>
    unrelated.map((one) => `imprecise: ${id} (${description}) also fails ${one}, by ${broken[one]}`),
  );
  const precise = killed.filter((mutant) => mutant.unrelated.length === 0).length;
  return {
    schemaVersion: 1,
    contractSha256: found.contractSha256,
    seconds: found.seconds,
    mutants: {
      total: found.mutants.length,
      killed: killed.length,
      survived: counted.length - killed.length,
      equivalent: found.mutants.length - counted.length,
      blamed: killed.filter((mutant) => mutant.blamed).length,
      precise,
      smoke: counted.filter((mutant) => mutant.smoke).length,
    },
    variants: { total: found.variants.length, passed: found.variants.filter((variant) => variant.passed).length },
    transport: { total: found.transport.length, told: found.transport.filter((fault) => fault.told).length },
    byClaim,
    coverage: found.coverage,
    matrix: found.mutants,
    variantOutcomes: found.variants,
    transportOutcomes: found.transport,
    imprecise,
    problems: [...problemsOf(found), ...imprecise, ...found.orphans],
  };
}

/** What fails a proof with these outcomes, apart from unrelated claims that failed. */
export function problemsOf({
  mutants = [],
  variants = [],
  transport = [],
  coverage = [],
}: Partial<Findings>): string[] {
  return [
    ...mutants.flatMap((mutant) => {
      const { id, outcome, claim, blamed, broken, description } = mutant;
      const what = `${id} (${description})`;
      if (outcome === 'survived') return [`survived: ${what} should have broken ${claim}`];
      if (outcome === 'equivalent') {
        const caught = Object.entries(broken).map(([one, by]) => `${one} by ${by}`);
        return caught.length === 0 ? [] : [`not equivalent: ${what} was caught: ${caught.join(', ')}`];
      }
      return blamed
        ? []
        : [`blamed wrongly: ${what} breaks ${claim}, but ${Object.keys(broken).join(', ')} was blamed`];
    }),
    ...variants.flatMap(({ name, passed, accused }) =>
      passed ? [] : [`accused: the variant ${name} is right, but ${listed(accused)}`],
    ),
    ...transport.flatMap(({ name, told, accused }) =>
      told ? [] : [`not detected: the transport fault ${name}: ${listed(accused)}`],
    ),
    ...coverage.flatMap(({ constraint, claim, accepted, refused, reason }) =>
      (accepted > 0 && refused > 0) || reason !== undefined
        ? []
        : [`one-sided: ${constraint} (${claim}): ${accepted} cases accepted, ${refused} refused`],
    ),
  ];
}

function listed(accused: Readonly<Record<string, string>>): string {
  const entries = Object.entries(accused).map(([what, by]) => `${what}: ${by}`);
  return entries.length === 0 ? 'no claim was blamed' : entries.slice(0, 5).join('; ');
}
