/** How a token is spelled, without the token. */
export interface TokenShape {
  /** Lowercase letters and a underscore at the front, as in `tkn_`; empty where there are none. */
  readonly prefix: string;
  /** Characters after the prefix. */
  readonly length: number;
  /** What they are. */
  readonly kind: 'hexadecimal digits' | 'letters and digits' | 'characters';
}

/** The shape of a token: two tokens of one shape are spelled alike. */
export function shapeOf(token: string): TokenShape {
  const [, prefix = '', rest = ''] = /^([a-z]+_)?(.*)$/s.exec(token) ?? [];
  const kind = /^[0-9a-f]+$/.test(rest)
    ? 'hexadecimal digits'
    : /^\w+$/.test(rest)
      ? 'letters and digits'
      : 'characters';
  return { prefix, length: rest.length, kind };
}

/** A character that makes a text of zeros and digits one of this kind and of no narrower one. */
const MARK: Readonly<Record<TokenShape['kind'], string>> = {
  'hexadecimal digits': '',
  'letters and digits': 'z',
  characters: '.',
};

/** A made-up token of a shape, another one for each number; undefined where the shape has no room for it. */
export function tokenOfShape({ prefix, length, kind }: TokenShape, number: number): string | undefined {
  const digits = String(number);
  const room = length - MARK[kind].length;
  return digits.length > room ? undefined : `${prefix}${MARK[kind]}${digits.padStart(room, '0')}`;
}
