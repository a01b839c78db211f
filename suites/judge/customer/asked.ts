import type { AskedFor } from '../operation.ts';

/** What was asked for, as far as the answer depends on it. */
export interface Asked {
  /** The fields as sent, decoded. */
  readonly fields: Readonly<Record<string, string>>;
  /** `open`: the page does not say whether a token belongs in this answer. */
  readonly token: 'true' | 'false' | 'absent' | 'open';
  /** The claim that breaks when a field does not come back; null: not looked at, or but for `sent`. */
  readonly echoClaim: string | null;
  /** Where it is open which call's data come back: they are some call's all the same. */
  readonly sent?: AskedFor['sent'];
  readonly known?: AskedFor['known'];
  /** What refused calls for the customer sent: should it come back, it was kept (GC-4). */
  readonly refused?: AskedFor['sent']['refused'];
  /** The one field that `echoClaim` is about; default: all of them. */
  readonly echoField?: string;
  /** Fields of the case's other calls, and the claim that breaks when one of them comes back instead. */
  readonly mixUp?: { readonly claim: string; readonly others: readonly Readonly<Record<string, string>>[] };
  readonly tokenClaim: string;
  /** Nobody created this customer before. */
  readonly isNew: boolean;
}
