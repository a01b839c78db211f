import type { Report } from './report.ts';

/** How many requests were sent; for a replay, how many were answered from the recording. */
export function requestsText({ target, requests, retries }: Pick<Report, 'target' | 'requests' | 'retries'>): string {
  if (target.kind === 'replay') return `${counted(requests, 'exchange', 'exchanges')} replayed (none sent)`;
  return `${counted(requests, 'request', 'requests')} (${counted(retries, 'retry', 'retries')})`;
}

/** How many customers a run created, and how many its cases use; undefined for a replay, which calls no server. */
export function customersText({ target, customers }: Pick<Report, 'target' | 'customers'>): string | undefined {
  if (target.kind === 'replay') return undefined;
  const { created, new: added, kept } = customers;
  const named = `${added} new, ${kept} reused across runs`;
  return created === undefined ? named : `at most ${created} created (its cases name ${named})`;
}

/** Both, with how long it took. */
export function trafficText(report: Pick<Report, 'target' | 'requests' | 'retries' | 'customers' | 'ms'>): string {
  const customers = customersText(report);
  const sent = `${requestsText(report)} in ${(report.ms / 1000).toFixed(1)} s`;
  return customers === undefined ? sent : `${sent}; customers: ${customers}`;
}

/** A number with its noun. */
export function counted(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
