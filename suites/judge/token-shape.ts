/** The form of a token, without the token. */
export interface TokenShape {
  /** Leading lowercase letters and an underscore, as in `tkn_`; empty without them. */
  readonly prefix: string;
  /** Characters after the prefix. */
  readonly length: number;
  /** Kind of these characters. */
  readonly kind: 'hexadecimal digits' | 'letters and digits' | 'characters';
}

/** The shape of a token. */
export function shapeOf(token: string): TokenShape {
  const [, prefix = '', rest = ''] = /^([a-z]+_)?(.*)$/s.exec(token) ?? [];
  const kind = /^[0-9a-f]+$/.test(rest)
    ? 'hexadecimal digits'
    : /^\w+$/.test(rest)
      ? 'letters and digits'
      : 'characters';
  return { prefix, length: rest.length, kind };
}

/** A character that makes digits a token of exactly this kind. */
const MARK: Readonly<Record<TokenShape['kind'], string>> = {
  'hexadecimal digits': '',
  'letters and digits': 'z',
  characters: '.',
};

/** A made-up token of a shape, different for each number; undefined if the shape is too short. */
export function tokenOfShape({ prefix, length, kind }: TokenShape, number: number): string | undefined {
  const digits = String(number);
  const room = length - MARK[kind].length;
  return digits.length > room ? undefined : `${prefix}${MARK[kind]}${digits.padStart(room, '0')}`;
}
