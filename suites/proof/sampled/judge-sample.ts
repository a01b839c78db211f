import type { Contract } from '../../../spec/contract.ts';
import { sampleAt } from '../../mock/sampled/draw.ts';
import { openFront } from '../../mock/sampled/front.ts';
import { directTarget } from '../../targets/mock-target.ts';
import { judgeServer } from '../run-server.ts';

/** A process's part of the samples: every n-th index. */
export interface SampledPart {
  readonly seed: number;
  readonly samples: number;
  readonly part: number;
  readonly parts: number;
}

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

/** As in a live run by default. */
const PROPERTIES = { off: 'off as in live runs' };

/** Judges one random server, until a claim is blamed that may be. */
export async function judgeSample(contract: Contract, seed: number, index: number): Promise<SampleOutcome> {
  const { trigger, effect, claims } = await sampleAt(seed, index, contract.document);
  const front = openFront(contract.document, trigger, effect);
  const { broken, errors } = await judgeServer(contract, directTarget(front), {
    properties: PROPERTIES,
    isEnough: ({ broken: so }) => claims.length === 0 || claims.some((claim) => claim in so),
  });
  return {
    ...{ index, claims, broken, met: front.touched() },
    ...{ trigger: trigger.name, effect: effect.name },
    errors: Object.keys(errors).length,
  };
}
