/** The run cannot begin: nothing would be judged but our own mistake, or a server that accepts whatever comes. */
export class PreflightError extends Error {
  override readonly name = 'PreflightError';
  readonly verdict: 'does-not-conform' | 'could-not-judge';

  constructor(message: string, verdict: 'does-not-conform' | 'could-not-judge' = 'could-not-judge') {
    super(message);
    this.verdict = verdict;
  }
}

/** A verdict as it begins a sentence. */
export function words(verdict: PreflightError['verdict']): string {
  return verdict.replaceAll('-', ' ');
}
