/**
 * Something the user has to fix before anything can be judged: a setting, a file, an address. The message says what is
 * wrong, with which value, and what to do. Every command prints it unchanged and exits with 2.
 */
export class SetupError extends Error {
  override readonly name = 'SetupError';
  /** Every problem, if there are several. */
  readonly problems: readonly string[];

  constructor(message: string, problems: readonly string[] = [message]) {
    super(message);
    this.problems = problems;
  }
}

/** The message of any thrown value. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
