import type { Masker } from './mask.ts';

/** A text that comes in pieces, of which each may end in the middle of a secret. */
export interface StreamMasker {
  /** @returns what of the pieces so far can be shown */
  write(piece: string): string;
  /** @returns what was held back; nothing follows */
  end(): string;
}

/** Masks a stream. What may be the beginning of a secret is held back until the next piece tells. */
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
      // Cut off by the stream's end: what is left may be all of a secret but its last character.
      return masker.mask(`${text}…`).slice(0, -1);
    },
  };
}

/** Print what is held back. Of two runs in one process the later one's goes through the earlier one's, which so ends last. */
const endings: (() => void)[] = [];

function endAll(): void {
  for (const end of endings.toReversed()) end();
}

/** Masks everything that this process, its workers and its libraries print from here on. */
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
