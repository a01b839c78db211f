import type { AskedFor } from '../operation.ts';

/** The parts of a call that the answer depends on. */
export interface Asked {
  /** As sent, decoded. */
  readonly fields: Readonly<Record<string, string>>;
  /** `open`: the page does not say whether the answer has a token. */
  readonly token: 'true' | 'false' | 'absent' | 'open';
  /** The claim that breaks if a field does not come back; null: only checked against `sent`, if given. */
  readonly echoClaim: string | null;
  /** If it is open whose data comes back: the data of all calls, one of which it must be. */
  readonly sent?: AskedFor['sent'];
  readonly known?: AskedFor['known'];
  /** What refused calls for the customer sent: if it comes back, it was stored (GC-4). */
  readonly refused?: AskedFor['sent']['refused'];
  /** The only field that `echoClaim` is about; default: all. */
  readonly echoField?: string;
  /** Fields of the case's other calls, and the claim that breaks if one of them comes back instead. */
  readonly mixUp?: { readonly claim: string; readonly others: readonly Readonly<Record<string, string>>[] };
  readonly tokenClaim: string;
  /** The customer did not exist before. */
  readonly isNew: boolean;
}
