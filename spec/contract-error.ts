/** The contract's own files are broken: nothing can be judged. The message names the file and the place in it. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
