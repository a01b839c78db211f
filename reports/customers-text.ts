import type { Report } from './report.ts';

/** What a live run may have left behind, and what its cases ask for. */
export function customersText({ created, new: added, kept }: Report['customers']): string {
  const met = `${added} new, ${kept} met by every run`;
  return created === undefined ? met : `${created} created (the cases name ${met})`;
}
