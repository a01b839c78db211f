import { availableParallelism } from 'node:os';
import { loadContract } from '../../spec/contract.ts';
import { allMutants } from '../mock/mutants/all-mutants.ts';
import { readRawDocument } from '../mock/mutants/raw-document.ts';
import { OPEN_ON_THE_WIRE } from '../mock/proof-keys.ts';
import { unprovedConstraints } from './constraint-coverage.ts';
import { coverageOf } from './coverage.ts';
import { inProcess } from './in-process.ts';
import { conclude, type Proof, type TransportOutcome, type VariantOutcome } from './proof.ts';
import type { Part, PartOutcome } from './prove-part.ts';
import { readEquivalents, readOneSided, readUnchanged } from './reasons.ts';
import { judgeOverHttp, TRANSPORT_FAULTS, TRANSPORT_VARIANTS } from './transport.ts';

/** Runs the suite's cases against every wrong and every conforming server. @param processes default: the number of cores */
export async function prove(processes: number = availableParallelism()): Promise<Proof> {
  const started = performance.now();
  const contract = await loadContract();
  const equivalents = readEquivalents();
  const oneSided = readOneSided();
  const ids = equivalents.map(({ id }) => id);
  const parts = Array.from({ length: processes }, (_, part) =>
    inProcess<Part, PartOutcome>(new URL('./prove-process.ts', import.meta.url), {
      ...{ contract, equivalents: ids, part, parts: processes },
    }),
  );
  const overHttp = proveTransport(contract);
  const outcomes = await Promise.all(parts);
  const { transport, variants } = await overHttp;
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
      ...ids.filter((id) => !known.has(id)).map((id) => `orphan: equivalents.yaml names ${id}, which is not a mutant`),
      ...oneSided
        .filter((one) => !coverage.some((entry) => entry.constraint.endsWith(one.constraint)))
        .map((one) => `orphan: one-sided.yaml names ${one.constraint}, which is not a constraint`),
    ],
  });
}

async function proveTransport(
  contract: Part['contract'],
): Promise<{ transport: TransportOutcome[]; variants: VariantOutcome[] }> {
  // All at once: servers that do not answer take time, but no processor.
  const transport = TRANSPORT_FAULTS.map(async (fault): Promise<TransportOutcome> => {
    const { broken, errors } = await judgeOverHttp(contract, fault);
    const told = Object.keys(broken).length > 0 && Object.keys(errors).length === 0;
    return { name: fault.name, told, accused: told ? {} : { ...broken, ...errors } };
  });
  const variants = TRANSPORT_VARIANTS.map(async (variant): Promise<VariantOutcome> => {
    const { broken, errors } = await judgeOverHttp(contract, variant);
    const accused = { ...broken, ...errors };
    return { name: variant.name, open: OPEN_ON_THE_WIRE, passed: Object.keys(accused).length === 0, accused };
  });
  return { transport: await Promise.all(transport), variants: await Promise.all(variants) };
}
