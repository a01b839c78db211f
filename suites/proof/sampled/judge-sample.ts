import type { Contract } from '../../../spec/contract.ts';
import { sampleAt } from '../../mock/sampled/draw.ts';
import { openFront } from '../../mock/sampled/front.ts';
import { directTarget, judgeServer } from '../run-server.ts';

/** A process's share of the samples: every n-th index. */
export interface SampledPart {
  readonly seed: number;
  readonly samples: number;
  readonly part: number;
  readonly parts: number;
}

/** What the suite said of one random server. */
export interface SampleOutcome {
  readonly index: number;
  readonly trigger: string;
  readonly effect: string;
  /** Kind of trigger and kind of effect, for counting. */
  readonly group: string;
  /** Claims that may be blamed; empty where the server conforms. */
  readonly claims: readonly string[];
  /** Broken claims, each with the first case that shows it: the first ones, where those were enough. */
  readonly broken: Readonly<Record<string, string>>;
  /** Cases that could not be judged. */
  readonly errors: number;
  /** How often the suite's own calls met the effect. */
  readonly met: number;
}

/** As in a live run that is told nothing else. */
const PROPERTIES = { off: 'live runs leave them out' };

/** Lets the suite judge one random server, until it blames a claim that may be blamed. */
export async function judgeSample(contract: Contract, seed: number, index: number): Promise<SampleOutcome> {
  const { trigger, effect, claims } = await sampleAt(seed, index, contract.document);
  const front = openFront(contract.document, trigger, effect);
  const { broken, errors } = await judgeServer(contract, directTarget(front), {
    properties: PROPERTIES,
    isEnough: ({ broken: so }) => claims.length === 0 || claims.some((claim) => claim in so),
  });
  return {
    ...{ index, claims, broken, met: front.touched() },
    ...{ trigger: trigger.name, effect: effect.name, group: `${trigger.group} × ${effect.group}` },
    errors: Object.keys(errors).length,
  };
}
