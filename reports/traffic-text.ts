import type { Report } from './report.ts';

/** How much was sent; of a replay, how much was answered from its file. */
export function requestsText({ target, requests, retries }: Pick<Report, 'target' | 'requests' | 'retries'>): string {
  if (target.kind === 'replay') return `${counted(requests, 'exchange', 'exchanges')} replayed (none sent)`;
  return `${counted(requests, 'request', 'requests')} (${counted(retries, 'retry', 'retries')})`;
}

/** What a live run may have left behind, and what its cases ask for; undefined for a replay, which reaches no server. */
export function customersText({ target, customers }: Pick<Report, 'target' | 'customers'>): string | undefined {
  if (target.kind === 'replay') return undefined;
  const { created, new: added, kept } = customers;
  const met = `${added} new, ${kept} met by every run`;
  return created === undefined ? met : `${created} created (the cases name ${met})`;
}

/** A number with its noun. */
export function counted(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
