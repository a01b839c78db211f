import type { Masker } from './mask.ts';

/** Masks a text that comes in pieces, which may split a secret. */
export interface StreamMasker {
  /** @returns the masked text that can be printed so far */
  write(piece: string): string;
  /** @returns what was held back; the last call */
  end(): string;
}

/** Masks a stream. Holds back a possible start of a secret until the next piece. */
export function createStreamMasker(masker: Masker): StreamMasker {
  let held = '';
  return {
    write(piece) {
      const text = held + piece;
      const length = masker.unfinished(text);
      held = text.slice(text.length - length);
      return masker.mask(text.slice(0, text.length - length));
    },
    end() {
      const text = held;
      held = '';
      // At the stream's end, what is left may be a truncated secret.
      return masker.mask(`${text}…`).slice(0, -1);
    },
  };
}

/** Print what is held back. The last run's output passes through the earlier runs' maskers, which therefore end later. */
const endings: (() => void)[] = [];

function endAll(): void {
  for (const end of endings.toReversed()) end();
}

/** Masks all further output of this process, its workers and libraries. */
export function maskOutput(masker: Masker): void {
  for (const stream of [process.stdout, process.stderr]) {
    const masking = createStreamMasker(masker);
    const write = stream.write.bind(stream);
    const masked = (piece: unknown, encoding?: unknown, done?: unknown): boolean => {
      const text = typeof piece === 'string' ? piece : Buffer.from(piece as Uint8Array).toString('utf8');
      const callback = [encoding, done].find((one) => typeof one === 'function');
      return write(masking.write(text), callback as () => void);
    };
    stream.write = masked as typeof stream.write;
    if (endings.length === 0) process.once('exit', endAll);
    endings.push(() => {
      const rest = masking.end();
      if (rest !== '') write(rest);
    });
  }
}
