import type { Customer } from '../store.ts';
import type { ManagedStore } from './managed-store.ts';

/** How many customers are kept in memory unless told otherwise; at about 1 KB each. */
export const DEFAULT_LIMIT = 100_000;

/**
 * Customers in memory. A server may run for weeks, so their number is bounded: the oldest is forgotten first, and a later
 * call with its reference creates it anew.
 * @param limit customers, at least 1
 * @param onFull called once, when the first customer is forgotten
 */
export function openMemoryStore(limit: number = DEFAULT_LIMIT, onFull: () => void = () => {}): ManagedStore {
  // A map keeps the order of creation: setting a key again leaves it in its place.
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
