/** Log entry of one request. */
export interface LogEntry {
  readonly method: string;
  /** Without the query, which may hold secrets. */
  readonly path: string;
  /** Undefined if the connection was reset. */
  readonly status: number | undefined;
  /** Why it was refused. */
  readonly reason: string | undefined;
  readonly ms: number;
}

const LONGEST = 500;

/**
 * Creates a log writer: one line per entry, without secrets or control characters.
 * @param mask replaces secrets in a line, in any encoding
 */
export function createLog(mask: (line: string) => string, write: (line: string) => void): (entry: LogEntry) => void {
  const clean = (text: string) => mask(text).replace(/\p{Cc}/gu, ' ');
  return ({ method, path, status, reason, ms }) => {
    const head = clean(`${method} ${path} ${status ?? 'connection reset'}`);
    const line = `${head} ${ms.toFixed(1)} ms${reason === undefined ? '' : `  ${clean(reason)}`}`;
    write(line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line);
  };
}

/** How long a line is buffered, in milliseconds: too short to notice. */
const WAIT = 20;

/**
 * Buffers lines for a moment, because a write for each takes longer than answering. Ignores a closed pipe.
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

/** The reason in the body of a refusal; undefined for an accepted call, or if the body has none. */
export function reasonIn(status: number, body: string | Uint8Array): string | undefined {
  if (status < 400) return undefined;
  try {
    const { error_message: message } = JSON.parse(String(body)) as { readonly error_message?: unknown };
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}
