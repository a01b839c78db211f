/** A form's fields, decoded. */
export type Fields = Readonly<Record<string, string>>;

/** The fields of a customer. */
export const FIELD_NAMES = [
  'object_reference_id',
  'mobile_number',
  'email_address',
  'first_name',
  'last_name',
  'mobile_country_code',
] as const;

/** A token for client SDKs. */
export interface Token {
  readonly value: string;
  readonly expiry: Date;
}

/** A stored customer. */
export interface Customer {
  readonly id: string;
  readonly created: Date;
  readonly updated: Date;
  readonly fields: Fields;
  readonly token?: Token;
}

/** Storage for customers, by the merchant's reference. */
export interface CustomerStore {
  get(key: string): Customer | undefined;
  set(key: string, customer: Customer): void;
}

/** Generates ids and tokens in the format of the page's samples. */
export interface IdGenerator {
  customerId(): string;
  token(): string;
}

/** Random ids and tokens: `cst_` and 16 of a-z and 0-9, `tkn_` and 32 hexadecimal digits. */
export const randomIds: IdGenerator = {
  customerId: () => `cst_${randomText(16, 'abcdefghijklmnopqrstuvwxyz0123456789')}`,
  token: () => `tkn_${randomText(32, '0123456789abcdef')}`,
};

/** Buffered random bytes: generating many at once costs hardly more than a few. */
const stock = new Uint8Array(8192);
let used = stock.length;

function randomText(length: number, alphabet: string): string {
  if (used + length > stock.length) {
    crypto.getRandomValues(stock);
    used = 0;
  }
  let text = '';
  for (const end = used + length; used < end; used++) text += alphabet[(stock[used] ?? 0) % alphabet.length];
  return text;
}
