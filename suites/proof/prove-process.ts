import { type Part, provePart } from './prove-part.ts';

/** A process for a part of the proof: gets a Part as its first message, sends a PartOutcome and exits. */
process.once('message', async (part: Part) => {
  process.send?.(await provePart(part), () => process.disconnect());
});
