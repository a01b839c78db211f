import { loadContract } from '../../../spec/contract.ts';
import { judgeSample, type SampledPart, type SampleOutcome } from './judge-sample.ts';

/** Gets a SampledPart as its first message, sends the outcomes and exits. */
process.once('message', async ({ seed, samples, part, parts }: SampledPart) => {
  const contract = await loadContract();
  const outcomes: SampleOutcome[] = [];
  for (let index = part; index < samples; index += parts) outcomes.push(await judgeSample(contract, seed, index));
  process.send?.(outcomes, () => process.disconnect());
});
