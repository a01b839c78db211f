import type fc from 'fast-check';
import type { Run } from '../judge/run.ts';
import type { Conversation } from './conversation.ts';

/** What is said to a server in one execution, and what is looked at. @throws Flawed at the first flaw */
export type Talk = (conversation: Conversation) => Promise<void>;

/** Executes a talk under references of its own. @throws whatever the talk throws */
export type Attempt = (talk: Talk) => Promise<void>;

/** What requests are generated from. */
export type Material = Pick<Run, 'form' | 'validators'>;

/** A property of every server that keeps to the contract, for fast-check. */
export type Property = (material: Material, attempt: Attempt) => fc.IAsyncProperty<unknown>;
