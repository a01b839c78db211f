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

/** How many masked lines are kept for the next call like it. */
const KEPT = 100;

/**
 * Makes the writer of log lines: one line each, without any of the secrets, and without control characters.
 * @param mask takes the API key and the like out of a line, in any spelling
 */
export function createLog(mask: (line: string) => string, write: (line: string) => void): (entry: LogEntry) => void {
  // Masking takes longer than answering, and most lines differ in their time alone.
  const masked = new Map<string, string>();
  const clean = (text: string) => {
    const known = masked.get(text);
    if (known !== undefined) return known;
    const made = mask(text).replace(/\p{Cc}/gu, ' ');
    if (masked.size < KEPT) masked.set(text, made);
    return made;
  };
  return ({ method, path, status, reason, ms }) => {
    const head = clean(`${method} ${path} ${status ?? 'connection reset'}`);
    const line = `${head} ${ms.toFixed(1)} ms${reason === undefined ? '' : `  ${clean(reason)}`}`;
    write(line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line);
  };
}

/** Milliseconds that a line may wait for others: nobody sees so short a delay. */
const WAIT = 20;

/**
 * Writes the lines of a short while in one piece: a write for each of them takes longer than the answer. Where nobody reads
 * them any more, they are dropped.
 */
export function lineWriter(stream: NodeJS.WritableStream): (line: string) => void {
  let lines: string[] = [];
  stream.on('error', () => {});
  return (line) => {
    if (lines.push(line) > 1) return;
    setTimeout(() => {
      stream.write(`${lines.join('\n')}\n`);
      lines = [];
    }, WAIT);
  };
}

/** Why a call was not accepted, as its answer tells it; undefined for an accepted one, or where the body tells nothing. */
export function reasonIn(status: number, body: string | Uint8Array): string | undefined {
  if (status < 400) return undefined;
  try {
    const { error_message: message } = JSON.parse(String(body)) as { readonly error_message?: unknown };
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}
