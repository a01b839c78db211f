/** The run cannot start: it would judge only our own mistake, or a server that accepts everything. */
export class PreflightError extends Error {
  override readonly name = 'PreflightError';
  readonly verdict: 'does-not-conform' | 'could-not-judge';

  constructor(message: string, verdict: 'does-not-conform' | 'could-not-judge' = 'could-not-judge') {
    super(message);
    this.verdict = verdict;
  }
}

/** A verdict at the start of a sentence. */
export function words(verdict: PreflightError['verdict']): string {
  return verdict.replaceAll('-', ' ');
}
