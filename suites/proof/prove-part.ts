import type { Contract } from '../../spec/contract.ts';
import { allCases } from '../cases/all.ts';
import { propertyCases } from '../cases/properties.ts';
import { SMOKE_CASES } from '../cases/smoke.ts';
import { createMock } from '../mock/mock.ts';
import { allMutants } from '../mock/mutants/all-mutants.ts';
import type { Mutant } from '../mock/mutants/mutant.ts';
import { type RawDocument, readRawDocument, resolveChanged } from '../mock/mutants/raw-document.ts';
import { PROOF_KEYS } from '../mock/proof-keys.ts';
import { VARIANTS } from '../mock/variants/all.ts';
import { directTarget } from '../targets/mock-target.ts';
import type { MutantOutcome, VariantOutcome } from './proof.ts';
import { FEW, judgeServer, MANY, type Questions, USUAL } from './run-server.ts';

/** A part of the proof: every n-th mutant and variant. */
export interface Part {
  readonly contract: Contract;
  readonly equivalents: readonly string[];
  readonly part: number;
  readonly parts: number;
}

/** The results of a part of the proof. */
export interface PartOutcome {
  readonly mutants: readonly MutantOutcome[];
  readonly variants: readonly VariantOutcome[];
}

const PROPERTIES = new Set(propertyCases.map(({ id }) => id));

const SMOKE = allCases.filter(({ id }) => SMOKE_CASES.has(id));

/** Runs a part of the proof in this thread. */
export async function provePart({ contract, equivalents, part, parts }: Part): Promise<PartOutcome> {
  const document = await readRawDocument();
  const isMine = (_: unknown, index: number) => index % parts === part;
  const mutants: MutantOutcome[] = [];
  for (const mutant of allMutants(document).filter(isMine)) {
    mutants.push(await proveMutant(mutant, document, contract, equivalents.includes(mutant.id)));
  }
  const variants: VariantOutcome[] = [];
  for (const { name, open, patch } of VARIANTS.filter(isMine)) {
    const server = directTarget(createMock(contract.document, { ...PROOF_KEYS, ...patch() }));
    const { broken, errors } = await judgeServer(contract, server, { properties: USUAL });
    const accused = { ...broken, ...errors };
    variants.push({ name, open, passed: Object.keys(accused).length === 0, accused });
  }
  return { mutants, variants };
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
  const { broken } = await judgeServer(contract, server, {
    properties: kind === 'combination' ? MANY : FEW,
    ...questions,
  });
  // A new server, because the other one remembers the whole suite's calls.
  const smoke = await judgeServer(contract, directTarget(createMock(changed, { ...PROOF_KEYS, ...patch?.() })), {
    ...questions,
    cases: SMOKE,
    properties: { off: 'not part of the smoke profile' },
    isEnough: () => true,
  });
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
    smoke: Object.keys(smoke.broken).length > 0,
  };
}
