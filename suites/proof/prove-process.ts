import { type Part, provePart } from './prove-part.ts';

/** A process's share of the proof: takes a Part as its first message, sends a PartOutcome and ends. */
process.once('message', async (part: Part) => {
  process.send?.(await provePart(part), () => process.disconnect());
});
