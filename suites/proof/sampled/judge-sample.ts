import { type Contract, loadContract } from '../../../spec/contract.ts';
import { sampleAt } from '../../mock/sampled/draw.ts';
import { openFront } from '../../mock/sampled/front.ts';
import { directTarget } from '../../targets/direct-target.ts';
import type { Part, Samples } from '../in-process.ts';
import { judgeServer, verdictOf } from '../run-server.ts';

/** The suite's verdict on one random server. */
export interface SampleOutcome {
  readonly index: number;
  readonly trigger: string;
  readonly effect: string;
  /** Claims that may be blamed; empty for a conforming server. */
  readonly claims: readonly string[];
  /** Broken claims, each with the first case that shows it; incomplete if judging stopped early. */
  readonly broken: Readonly<Record<string, string>>;
  /** Cases that could not be judged. */
  readonly errors: number;
  /** How often the suite's calls met the effect. */
  readonly met: number;
}

/** Judges a part of the samples: every n-th index. */
export async function judgePart({ seed, samples, part, parts }: Part & Samples): Promise<SampleOutcome[]> {
  const contract = await loadContract();
  const outcomes: SampleOutcome[] = [];
  for (let index = part; index < samples; index += parts) outcomes.push(await judgeSample(contract, seed, index));
  return outcomes;
}

/** As in a live run by default. */
const PROPERTIES = { off: 'off as in live runs' };

/** Judges one random server, until a claim is blamed that may be. */
export async function judgeSample(contract: Contract, seed: number, index: number): Promise<SampleOutcome> {
  const { trigger, effect, claims } = await sampleAt(seed, index, contract.document);
  const front = openFront(contract.document, trigger, effect);
  const results = await judgeServer(contract, directTarget(front), {
    properties: PROPERTIES,
    isEnough: ({ broken: so }) => claims.length === 0 || claims.some((claim) => claim in so),
  });
  const { broken, errors } = verdictOf(results);
  return {
    ...{ index, claims, broken, met: front.touched() },
    ...{ trigger: trigger.name, effect: effect.name },
    errors: Object.keys(errors).length,
  };
}
