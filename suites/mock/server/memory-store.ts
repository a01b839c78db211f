import type { Customer } from '../store.ts';
import type { ManagedStore } from './managed-store.ts';

/** Default maximum number of customers in memory, at about 1 KB each. */
export const DEFAULT_LIMIT = 100_000;

/**
 * Customers in memory. A server may run for weeks, so their number is limited: the oldest is evicted first, and a later call
 * with its reference creates a new customer.
 * @param limit maximum number of customers, at least 1
 * @param onFull called once, at the first eviction
 */
export function openMemoryStore(limit: number = DEFAULT_LIMIT, onFull: () => void = () => {}): ManagedStore {
  // A map iterates in order of creation; setting an existing key keeps its position.
  const customers = new Map<string, Customer>();
  let full = false;
  return {
    get: (key) => customers.get(key),
    set(key, customer) {
      customers.set(key, customer);
      if (customers.size <= limit) return;
      const [oldest] = customers.keys();
      if (oldest !== undefined) customers.delete(oldest);
      if (!full) onFull();
      full = true;
    },
    get size() {
      return customers.size;
    },
    list: () => [...customers.values()],
    clear: () => customers.clear(),
    close: async () => {},
  };
}
