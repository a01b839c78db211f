/** A text with some levels of escapes decoded. */
export interface Layer {
  readonly text: string;
  /** Where a character of it starts in the original text; with its length, the original length. */
  at(index: number): number;
}

/** Nobody nests escapes (`%252541`, JSON within JSON within JSON) deeper than this. */
const MOST = 4;

/** Percent codes, escapes of JSON and other languages, character references, and truncated ones. */
const ESCAPE =
  /(?:%[\da-f]{2})+|\\u\{[\da-f]{1,6}\}|\\u[\da-f]{4}|\\x[\da-f]{2}|&#\d{1,7};|&#x[\da-f]{1,6};|&[a-z]{2,8};|(?:%[\da-f]?|\\(?:[ux]\{?[\da-f]{0,6})?|&#?[\da-z]{0,8})(?=…|$)|\\[^\n]/gi;

/** HTML's names of ASCII characters. */
const NAMED = new Map(
  'amp& lt< gt> quot" apos\' excl! num# dollar$ percnt% lpar( rpar) ast* plus+ comma, hyphen- dash- period. sol/ colon: semi; equals= quest? commat@ lsqb[ lbrack[ bsol\\ rsqb] rbrack] hat^ lowbar_ grave` lcub{ lbrace{ verbar| vert| rcub} rbrace} tilde~'
    .split(' ')
    .map((one): [string, string] => [one.slice(0, -1), one.slice(-1)]),
);

const CONTROLS = new Map([...'nrtbfv'].map((letter, index) => [letter, '\n\r\t\b\f\v'[index] ?? '']));

/**
 * A text as written, and then with one level of escapes after another decoded: one of them has a secret in plain text.
 * Linear in the length.
 */
export function* layersOf(text: string): Generator<Layer> {
  let layer: Layer | undefined = { text, at: (index) => index };
  for (let count = 0; layer !== undefined && count <= MOST; count++) {
    yield layer;
    layer = undone(layer);
  }
}

/** Undefined if there is nothing to decode. */
function undone({ text, at }: Layer): Layer | undefined {
  if (!/[%\\&]/.test(text)) return undefined;
  const places = new Int32Array(text.length + 1);
  let result = '';
  let done = 0;
  const add = (characters: string, from: number): void => {
    for (let unit = 0; unit < characters.length; unit++) places[result.length + unit] = at(from);
    result += characters;
  };
  const copyTo = (end: number): void => {
    for (let index = done; index < end; index++) places[result.length + index - done] = at(index);
    result += text.slice(done, end);
  };
  for (const { 0: written, index } of text.matchAll(ESCAPE)) {
    const meant = written.startsWith('%') ? fromPercent(written) : [[unescaped(written), 0] as const];
    if (meant[0]?.[0] === undefined) continue;
    copyTo(index);
    for (const [character = '', offset] of meant) add(character, index + offset);
    done = index + written.length;
  }
  if (done === 0) return undefined;
  copyTo(text.length);
  places[result.length] = at(text.length);
  return { text: result, at: (index) => places[index] ?? 0 };
}

type Meant = readonly (readonly [character: string | undefined, offset: number])[];

/** Decodes percent codes as UTF-8, or each byte by itself; with the offset of each character. */
function fromPercent(written: string): Meant {
  const bytes = Buffer.from(written.replaceAll('%', ''), 'hex');
  const meant: [string, number][] = [];
  for (let index = 0; index < bytes.length; ) {
    const first = bytes[index] ?? 0;
    const length = first < 0xc0 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
    const part = bytes.subarray(index, index + length);
    meant.push([part.toString(length === 1 ? 'latin1' : 'utf8'), index * 3]);
    index += length;
  }
  // A code truncated after its % decodes to nothing.
  return meant.length === 0 ? [['', 0]] : meant;
}

/** Undefined for an unknown name; empty for a truncated escape. */
function unescaped(written: string): string | undefined {
  if (/^\\[^ux]$/i.test(written)) return CONTROLS.get(written.slice(1)) ?? written.slice(1);
  const [, decimal] = /^&#(\d+);$/.exec(written) ?? [];
  const [, ...codes] = /^(?:&#x([\da-f]+);|\\u\{([\da-f]+)\}|\\u([\da-f]{4})|\\x([\da-f]{2}))$/i.exec(written) ?? [];
  const hexadecimal = codes.find((one) => one !== undefined);
  if (decimal !== undefined || hexadecimal !== undefined) {
    const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
    return code > 0x10_ffff ? undefined : String.fromCodePoint(code);
  }
  return written.endsWith(';') ? NAMED.get(written.slice(1, -1).toLowerCase()) : '';
}
