import { headers, type Patch, texts } from '../patches.ts';
import type { Mutant } from './mutant.ts';

const ENCODER = new TextEncoder();

/** Ways to write a body that is not a JSON object in UTF-8. */
export const FRAMINGS: Readonly<Record<string, (body: string) => string | Uint8Array>> = {
  'in-an-array': (body) => `[${body}]`,
  'as-a-json-text': (body) => JSON.stringify(body),
  'as-null': () => 'null',
  empty: () => '',
  'as-xml': () => '<customer/>',
  'with-single-quotes': (body) => body.replaceAll('"', "'"),
  'with-trailing-comma': (body) => body.replace(/\}$/, ',}'),
  'with-a-comment': (body) => `${body} // done`,
  'twice-in-a-row': (body) => body + body,
  'behind-a-prefix': (body) => `)]}',\n${body}`,
  'cut-by-one': (body) => body.slice(0, -1),
  'cut-in-half': (body) => body.slice(0, body.length / 2),
  'with-byte-order-mark': (body) => `\ufeff${body}`,
  'with-bad-utf-8': (body) => splice(ENCODER.encode(body), 0xff),
  'in-utf-16': (body) => Uint8Array.from(Buffer.from(body, 'utf16le')),
  'with-a-control-character': (body) => body.replace('":"', '":"\u0007'),
};

/** The constraints that require an object, and the claims that a wrapped one breaks: all its fields are in the wrong place. */
const STATUSES = {
  200: {
    objects: ['Customer', 'CustomerWithoutToken/allOf/1', 'CustomerWithToken/allOf/1'],
    wrapped: ['RS-2', 'RS-3', 'RS-4', 'RS-5', 'TK-1', 'TK-4', 'GC-4', 'EP-2'],
  },
  400: { objects: ['BadRequest'], wrapped: ['ER-2'] },
} as const;

/** Changes of a body's encoding and media type that no schema can express. */
export function bodyMutants(): Mutant[] {
  return ([200, 400] as const).flatMap((status): Mutant[] => {
    const { objects, wrapped } = STATUSES[status];
    const make = (what: string, patch: Patch, [claim = '', ...related]: readonly string[] = ['EP-4']): Mutant => ({
      ...{ id: `${status}:body-${what}`, kind: 'body', claim, related, patch },
      ...(what.startsWith('in-an-') ? { constraints: objects.map((one) => `#/components/schemas/${one}/type`) } : {}),
      description: `the body of a ${status} is ${what.replaceAll('-', ' ')}`,
    });
    return [
      ...Object.entries(FRAMINGS).map(([what, frame]) => make(what, texts(frame, status))),
      make(
        'without-media-type',
        headers(({ 'content-type': _, ...rest }) => rest, status),
      ),
      make(
        'wrapped',
        texts((body) => `{"data":${body}}`, status),
        wrapped,
      ),
    ];
  });
}

/** Inserts a byte into the first string of a body. */
function splice(bytes: Uint8Array, byte: number): Uint8Array {
  const at = bytes.indexOf(0x22, bytes.indexOf(0x3a)) + 1;
  return Uint8Array.from([...bytes.subarray(0, at), byte, ...bytes.subarray(at)]);
}
