import type { Contract } from '../../spec/contract.ts';
import type { Case } from '../cases/case.ts';
import { createMock } from '../mock/mock.ts';
import { allMutants } from './all-mutants.ts';
import type { Mutant } from './mutant.ts';
import type { MutantOutcome, VariantOutcome } from './proof.ts';
import { type RawDocument, readRawDocument, resolveChanged } from './raw-document.ts';
import { directTarget, FEW, judgeServer, MANY, PROOF_KEY, PROOF_MERCHANT, USUAL } from './run-server.ts';
import { VARIANTS } from './variants.ts';

/** A share of the proof: every n-th mutant and variant. */
export interface Part {
  readonly contract: Contract;
  readonly equivalents: readonly string[];
  readonly part: number;
  readonly parts: number;
}

/** What a share of the proof found. */
export interface PartOutcome {
  readonly mutants: readonly MutantOutcome[];
  readonly variants: readonly VariantOutcome[];
}

const KEYS = { apiKey: PROOF_KEY, merchantId: PROOF_MERCHANT };

/** Runs a share of the proof in this thread. */
export async function provePart({ contract, equivalents, part, parts }: Part): Promise<PartOutcome> {
  const document = await readRawDocument();
  const isMine = (_: unknown, index: number) => index % parts === part;
  const mutants: MutantOutcome[] = [];
  for (const mutant of allMutants(document).filter(isMine)) {
    mutants.push(await proveMutant(mutant, document, contract, equivalents.includes(mutant.id)));
  }
  const variants: VariantOutcome[] = [];
  for (const { name, open, options } of VARIANTS.filter(isMine)) {
    const server = directTarget(createMock(contract.document, { ...KEYS, ...options() }));
    const { broken, errors } = await judgeServer(contract, server, { properties: USUAL });
    const accused = { ...broken, ...errors };
    variants.push({ name, open, passed: Object.keys(accused).length === 0, accused });
  }
  return { mutants, variants };
}

/** Lets the suite judge one wrong server. @param cases default: every case there is */
export async function proveMutant(
  mutant: Mutant,
  document: RawDocument,
  contract: Contract,
  isEquivalent: boolean,
  cases?: readonly Case[],
): Promise<MutantOutcome> {
  const { id, kind, claim, description, related, isExact, change, patch } = mutant;
  const changed = await resolveChanged(document, change);
  const server = directTarget(createMock(changed, { ...KEYS, ...patch?.() }));
  const { broken } = await judgeServer(contract, server, {
    properties: kind === 'combination' ? MANY : FEW,
    ...(cases === undefined ? {} : { cases }),
  });
  const claims = Object.keys(broken);
  // Derived mutants share their declarations by the group, so that only a fault's own can be stale.
  const declared = isExact === true ? Object.keys(related) : [];
  return {
    id,
    kind,
    claim,
    description,
    broken,
    unrelated: claims.filter((one) => one !== claim && !(one in related)),
    outcome: isEquivalent ? 'equivalent' : claims.length > 0 ? 'killed' : 'survived',
    blamed: claim in broken,
    stale: declared.filter((one) => !(one in broken)),
  };
}
