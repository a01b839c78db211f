import { type Case, makeCase } from './case.ts';
import { again } from './data.ts';

/** Slightly more than one second, after which some servers forget. */
const KNOWN = { knownForMs: 1_100 };

/** Calls for the first customers again, because a server may forget after some customers or some time. */
export const epilogueTable: readonly Case[] = [
  makeCase('GC-1/end-of-the-run', 'the first customers of the run are the same at its end', [
    again('EP-1/post', 'true', KNOWN),
    again('GC-3/each-its-own-answer', 'true', { ...KNOWN, nth: 5 }),
  ]),
];
