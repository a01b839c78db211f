import type { Customer, CustomerStore } from '../store.ts';

/** A store that a server runs on: it can be looked at, emptied and closed. */
export interface ManagedStore extends CustomerStore {
  readonly size: number;
  /** In the order of their creation. */
  list(): Customer[];
  clear(): void;
  /** Everything that was set is kept. */
  close(): Promise<void>;
}
