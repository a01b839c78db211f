/**
 * Something that a person has to mend before anything can be judged: a setting, a file, an address. The message says what
 * is wrong, with which value, and what to do. Every command prints it as it is and exits with 2.
 */
export class SetupError extends Error {
  override readonly name = 'SetupError';
  /** Each thing that is wrong, where there are several. */
  readonly problems: readonly string[];

  constructor(message: string, problems: readonly string[] = [message]) {
    super(message);
    this.problems = problems;
  }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
