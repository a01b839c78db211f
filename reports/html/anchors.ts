/** The id of an element that stands for a claim or a case; the same as its own, but for what an address cannot hold. */
export function anchor(id: string): string {
  return id.replace(/[^A-Za-z0-9/_.-]/g, '_');
}
