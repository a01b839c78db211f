import { type Contract, loadContract } from '../../spec/contract.ts';
import { allMutants } from '../mock/mutants/all-mutants.ts';
import { readRawDocument } from '../mock/mutants/raw-document.ts';
import { OPEN_ON_THE_WIRE } from '../mock/proof-keys.ts';
import { unprovedConstraints } from './constraint-coverage.ts';
import { coverageOf } from './coverage.ts';
import { inProcesses } from './in-process.ts';
import { conclude, type Proof, type TransportOutcome, type VariantOutcome } from './proof.ts';
import { type PartOutcome, variantOutcome } from './prove-part.ts';
import { readEquivalents, readOneSided, readUnchanged } from './reasons.ts';
import { judgeOverHttp, type Patience, TRANSPORT_FAULTS, TRANSPORT_VARIANTS } from './transport.ts';

/** Runs the suite's cases against every wrong and every conforming server, in as many processes as there are cores. */
export async function prove(): Promise<Proof> {
  const started = performance.now();
  const contract = await loadContract();
  const oneSided = readOneSided();
  const [outcomes, { transport, variants }] = await Promise.all([inProcesses<PartOutcome>(), proveTransport(contract)]);
  const coverage = coverageOf(contract, oneSided);
  const document = await readRawDocument();
  const all = allMutants(document);
  const known = new Set(all.map(({ id }) => id));
  return conclude({
    contractSha256: contract.sha256,
    seconds: Math.round((performance.now() - started) / 100) / 10,
    mutants: outcomes.flatMap((outcome) => outcome.mutants),
    variants: [...outcomes.flatMap((outcome) => outcome.variants), ...variants],
    transport,
    coverage,
    orphans: [
      ...unprovedConstraints(document, all, readUnchanged()),
      ...readEquivalents()
        .filter(({ id }) => !known.has(id))
        .map(({ id }) => `orphan: equivalents.yaml names ${id}, which is not a mutant`),
      ...oneSided
        .filter((one) => !coverage.some((entry) => entry.constraint.endsWith(one.constraint)))
        .map((one) => `orphan: one-sided.yaml names ${one.constraint}, which is not a constraint`),
    ],
  });
}

async function proveTransport(
  contract: Contract,
): Promise<{ transport: TransportOutcome[]; variants: VariantOutcome[] }> {
  const judged = (servers: typeof TRANSPORT_FAULTS, patience: Patience) =>
    Promise.all(
      Object.entries(servers).map(async ([name, send]) => ({
        name,
        ...(await judgeOverHttp(contract, send, patience)),
      })),
    );
  // A variant always answers, if late on a busy machine; a fault never does, which takes time, but no processor.
  const variants = await judged(TRANSPORT_VARIANTS, { timeoutMs: 60_000, attempts: 8 });
  const faults = await judged(TRANSPORT_FAULTS, { timeoutMs: 1500, attempts: 2 });
  return {
    transport: faults.map(({ name, broken, errors }) => {
      const told = Object.keys(broken).length > 0 && Object.keys(errors).length === 0;
      return { name, told, accused: told ? {} : { ...broken, ...errors } };
    }),
    variants: variants.map(({ name, ...verdict }) => variantOutcome(name, OPEN_ON_THE_WIRE, verdict)),
  };
}
