import type { Task } from './in-process.ts';
import { provePart } from './prove-part.ts';
import { judgePart } from './sampled/judge-sample.ts';

/** A process for a part of the proof or of the random servers: gets a Task as its first message, sends the results and exits. */
process.once('message', async ({ part, parts, seed, samples }: Task) => {
  const found =
    seed === undefined || samples === undefined
      ? await provePart({ part, parts })
      : await judgePart({ part, parts, seed, samples });
  process.send?.(found, () => process.disconnect());
});
