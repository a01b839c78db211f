import { loadContract } from '../../../spec/contract.ts';
import { judgeSample, type SampleOutcome } from './sampled.ts';

/** A process's share of the samples: every n-th index. */
export interface SampledPart {
  readonly seed: number;
  readonly samples: number;
  readonly part: number;
  readonly parts: number;
}

/** Takes a SampledPart as its first message, sends the outcomes and ends. */
process.once('message', async ({ seed, samples, part, parts }: SampledPart) => {
  const contract = await loadContract();
  const outcomes: SampleOutcome[] = [];
  for (let index = part; index < samples; index += parts) outcomes.push(await judgeSample(contract, seed, index));
  process.send?.(outcomes);
  process.disconnect();
});
