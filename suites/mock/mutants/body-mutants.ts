import type { MockResponse } from '../steps.ts';
import type { Mutant } from './mutant.ts';

const ENCODER = new TextEncoder();

/** Ways to write a body that is not a JSON object in UTF-8. */
const FRAMINGS: Readonly<Record<string, (body: string) => string | Uint8Array>> = {
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

const STATUSES = [200, 400];

/** The constraints that require an object. */
const OBJECTS: Readonly<Record<number, readonly string[]>> = {
  200: ['Customer', 'CustomerWithoutToken/allOf/1', 'CustomerWithToken/allOf/1'].map(typeOf),
  400: ['BadRequest'].map(typeOf),
};

function typeOf(schema: string): string {
  return `#/components/schemas/${schema}/type`;
}

/** A wrapped body is valid JSON, but all its fields are in the wrong place. */
const WRAPPED: Readonly<Record<number, { claim: string; related: readonly string[] }>> = {
  200: { claim: 'RS-2', related: ['RS-3', 'RS-4', 'RS-5', 'TK-1', 'TK-4', 'GC-4', 'EP-2'] },
  400: { claim: 'ER-2', related: [] },
};

/** Changes of a body's encoding and media type that no schema can express. */
export function bodyMutants(): Mutant[] {
  return STATUSES.flatMap((status): Mutant[] => {
    const make = (what: string, claim: string, rewrite: (response: MockResponse) => MockResponse): Mutant => ({
      id: `${status}:body-${what}`,
      kind: 'body',
      claim,
      ...(what.startsWith('in-an-') ? { constraints: OBJECTS[status] ?? [] } : {}),
      description: `the body of a ${status} is ${what.replaceAll('-', ' ')}`,
      related: [],
      patch: () => ({ rewrite: (response) => (response.status === status ? rewrite(response) : response) }),
    });
    const wrapped = WRAPPED[status];
    return [
      ...Object.entries(FRAMINGS).map(([what, frame]) =>
        make(what, 'EP-4', (response) => ({ ...response, body: frame(String(response.body)) })),
      ),
      make('without-media-type', 'EP-4', ({ headers: { 'content-type': _, ...headers }, ...rest }) => ({
        ...rest,
        headers,
      })),
      ...(wrapped === undefined
        ? []
        : [
            {
              ...make('wrapped', wrapped.claim, (response) => ({
                ...response,
                body: `{"data":${String(response.body)}}`,
              })),
              related: wrapped.related,
            },
          ]),
    ];
  });
}

/** Inserts a byte into the first string of a body. */
function splice(bytes: Uint8Array, byte: number): Uint8Array {
  const at = bytes.indexOf(0x22, bytes.indexOf(0x3a)) + 1;
  return Uint8Array.from([...bytes.subarray(0, at), byte, ...bytes.subarray(at)]);
}
