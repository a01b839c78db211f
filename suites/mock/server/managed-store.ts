import type { Customer, CustomerStore } from '../store.ts';

/** A server's store: can also be listed, cleared and closed. */
export interface ManagedStore extends CustomerStore {
  readonly size: number;
  /** In order of creation. */
  list(): Customer[];
  clear(): void;
  /** Loses nothing that was set. */
  close(): Promise<void>;
}
