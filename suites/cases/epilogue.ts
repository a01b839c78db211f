import { type Case, makeCase } from './case.ts';
import { again } from './data.ts';

/** Somewhat more than the second after which some forget. */
const KNOWN = { knownForMs: 1_100 };

/** A server may forget after some customers, or after a while: some of the first ones, asked for again as they were. */
export const epilogueTable: readonly Case[] = [
  makeCase('GC-1/end-of-the-run', 'the first customers of the run are the same at its end', [
    again('EP-1/post', 'true', KNOWN),
    again('GC-3/each-its-own-answer', 'true', { ...KNOWN, nth: 5 }),
  ]),
];
