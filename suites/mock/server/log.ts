import { createMasker, type Secret } from '../../secrets/mask.ts';

/** What is logged of one request. */
export interface LogEntry {
  readonly method: string;
  /** Without the query: whoever calls may have put anything there. */
  readonly path: string;
  /** Undefined where the connection was reset instead. */
  readonly status: number | undefined;
  /** Why it was not accepted. */
  readonly reason: string | undefined;
  readonly ms: number;
}

const LONGEST = 500;

/**
 * Makes the writer of log lines: one line each, without any of the secrets in any spelling, and without control characters.
 * @param secrets the API key and the like
 */
export function createLog(secrets: readonly Secret[], write: (line: string) => void): (entry: LogEntry) => void {
  const { mask } = createMasker(secrets);
  return ({ method, path, status, reason, ms }) => {
    const outcome = status === undefined ? 'connection reset' : String(status);
    const line = `${method} ${path} ${outcome} ${ms.toFixed(1)} ms${reason === undefined ? '' : `  ${reason}`}`;
    const clean = mask(line).replace(/\p{Cc}/gu, ' ');
    write(clean.length > LONGEST ? `${clean.slice(0, LONGEST)}…` : clean);
  };
}

/** Why a call was not accepted, as its answer tells it; undefined for an accepted one, or where the body tells nothing. */
export function reasonIn(status: number, body: string): string | undefined {
  if (status < 400) return undefined;
  try {
    const { error_message: message } = JSON.parse(body) as { readonly error_message?: unknown };
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}
