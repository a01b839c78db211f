/** A form's fields, decoded. */
export type Fields = Readonly<Record<string, string>>;

/** A token for client SDKs. */
export interface Token {
  readonly value: string;
  readonly expiry: Date;
}

/** A customer as the mock keeps it. */
export interface Customer {
  readonly id: string;
  readonly created: Date;
  readonly updated: Date;
  readonly fields: Fields;
  readonly token?: Token;
}

/** Where customers are kept: by the reference that the merchant gave. */
export interface CustomerStore {
  get(key: string): Customer | undefined;
  set(key: string, customer: Customer): void;
}

/** Ids and tokens, spelled as in the page's samples. */
export interface IdGenerator {
  customerId(): string;
  token(): string;
}

/** Random ids and tokens: `cst_` and 16 of a-z and 0-9, `tkn_` and 32 hexadecimal digits. */
export const randomIds: IdGenerator = {
  customerId: () => `cst_${randomText(16, 'abcdefghijklmnopqrstuvwxyz0123456789')}`,
  token: () => `tkn_${randomText(32, '0123456789abcdef')}`,
};

function randomText(length: number, alphabet: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('');
}
