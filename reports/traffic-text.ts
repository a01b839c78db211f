import type { Report } from './report.ts';

/** How much was sent; of a replay, how much was answered from its file. */
export function requestsText({ target, requests, retries }: Pick<Report, 'target' | 'requests' | 'retries'>): string {
  if (target.kind === 'replay') return `${counted(requests, 'exchange', 'exchanges')} replayed (none sent)`;
  return `${counted(requests, 'request', 'requests')} (${counted(retries, 'retry', 'retries')})`;
}

/** Customers that a live run created, and those that its cases ask for; undefined for a replay, which reaches no server. */
export function customersText({ target, customers }: Pick<Report, 'target' | 'customers'>): string | undefined {
  if (target.kind === 'replay') return undefined;
  const { created, new: added, kept } = customers;
  const named = `${added} new, ${kept} reused across runs`;
  return created === undefined ? named : `at most ${created} created (its cases name ${named})`;
}

/** A number with its noun. */
export function counted(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
