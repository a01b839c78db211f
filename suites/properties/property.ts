import type fc from 'fast-check';
import type { Run } from '../judge/run.ts';
import type { Conversation } from './conversation.ts';

/** The calls and checks of one execution. @throws Flawed at the first flaw */
export type Talk = (conversation: Conversation) => Promise<void>;

/** Executes a talk with unique references. @throws whatever the talk throws */
export type Attempt = (talk: Talk) => Promise<void>;

/** Input for generating requests. */
export type Material = Pick<Run, 'form' | 'validators'>;

/** A fast-check property that every conforming server has. */
export type Property = (material: Material, attempt: Attempt) => fc.IAsyncProperty<unknown>;
