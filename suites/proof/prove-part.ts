import { type Contract, loadContract } from '../../spec/contract.ts';
import { allCases } from '../cases/all.ts';
import type { Case } from '../cases/case.ts';
import { propertyCases } from '../cases/properties.ts';
import { SMOKE_CASES } from '../cases/smoke.ts';
import { createMock } from '../mock/mock.ts';
import { allMutants } from '../mock/mutants/all-mutants.ts';
import type { Mutant } from '../mock/mutants/mutant.ts';
import { type RawDocument, readRawDocument, resolveChanged } from '../mock/mutants/raw-document.ts';
import { PROOF_KEYS } from '../mock/proof-keys.ts';
import { VARIANTS } from '../mock/variants/all.ts';
import { directTarget } from '../targets/direct-target.ts';
import type { Part } from './in-process.ts';
import type { MutantOutcome, VariantOutcome } from './proof.ts';
import { readEquivalents } from './reasons.ts';
import { FEW, fewWith, judgeServer, MANY, type Questions, type ServerVerdict, verdictOf } from './run-server.ts';

/** The results of a part of the proof. */
export interface PartOutcome {
  readonly mutants: readonly MutantOutcome[];
  readonly variants: readonly VariantOutcome[];
}

const PROPERTIES = new Set(propertyCases.map(({ id }) => id));

const isSmoke = ({ id }: Case) => SMOKE_CASES.has(id);

/** Runs a part of the proof: every n-th mutant and variant. */
export async function provePart({ part, parts }: Part): Promise<PartOutcome> {
  const contract = await loadContract();
  const equivalents = new Set(readEquivalents().map(({ id }) => id));
  const document = await readRawDocument();
  const mutants: MutantOutcome[] = [];
  for (const [index, mutant] of allMutants(document).entries()) {
    if (index % parts === part) mutants.push(await proveMutant(mutant, document, contract, equivalents.has(mutant.id)));
  }
  const variants: VariantOutcome[] = [];
  for (const [index, { name, open, patch }] of VARIANTS.entries()) {
    if (index % parts !== part) continue;
    const server = directTarget(createMock(contract.document, { ...PROOF_KEYS, ...patch() }));
    const results = await judgeServer(contract, server, { properties: fewWith(index + 1) });
    variants.push(variantOutcome(name, open, verdictOf(results)));
  }
  return { mutants, variants };
}

/** The result for a conforming server, which nothing may be found on. */
export function variantOutcome(name: string, open: string, { broken, errors }: ServerVerdict): VariantOutcome {
  const accused = { ...broken, ...errors };
  return { name, open, passed: Object.keys(accused).length === 0, accused };
}

/** Judges one wrong server. @param questions default: every case, and as many properties as the mutant needs */
export async function proveMutant(
  mutant: Mutant,
  document: RawDocument,
  contract: Contract,
  isEquivalent: boolean,
  questions: Partial<Questions> = {},
): Promise<MutantOutcome> {
  const { id, kind, claim, description, related, change, patch } = mutant;
  const changed = await resolveChanged(document, change);
  const server = directTarget(createMock(changed, { ...PROOF_KEYS, ...patch?.() }));
  const { cases = allCases } = questions;
  // The smoke profile comes first, so that it meets a new server, as in a run of its own.
  const [first, rest] = [cases.filter(isSmoke), cases.filter((one) => !isSmoke(one))];
  const results = await judgeServer(contract, server, {
    properties: kind === 'combination' ? MANY : FEW,
    ...questions,
    cases: [...first, ...rest],
  });
  const byId = new Map(results.map((result) => [result.id, result]));
  const { broken } = verdictOf(cases.flatMap((one) => byId.get(one.id) ?? []));
  const claims = Object.keys(broken);
  // Properties find mutants by chance, so the tables must find them alone, except what only a combination shows.
  const found = claims.filter((one) => kind === 'combination' || !PROPERTIES.has(broken[one] ?? ''));
  return {
    id,
    kind,
    claim,
    description,
    broken,
    unrelated: claims.filter((one) => one !== claim && !related.includes(one)),
    outcome: isEquivalent ? 'equivalent' : found.length > 0 ? 'killed' : 'survived',
    blamed: found.includes(claim),
    smoke: results.slice(0, first.length).some(({ findings }) => findings.length > 0),
  };
}
