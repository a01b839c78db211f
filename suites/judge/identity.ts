/** A call's fields by name, decoded. */
type Fields = Readonly<Record<string, string>>;

/** What an answer is told apart by, as far as it holds it in a form that can be compared. */
export interface Identity {
  readonly id?: string;
  readonly created?: Created;
  readonly token?: { readonly text: string; readonly pointer: string };
  /** What was stored, by the names of the properties; as JSON. */
  readonly data: Readonly<Record<string, string>>;
}

/** What is known of one name. */
export interface Known extends Identity {
  readonly where: string;
  /** What the first call sent. */
  readonly fields: Fields;
  /** The fields of the last call, and the data that it was answered with. */
  last: { readonly asked: string; readonly data: Identity['data'] };
  /** A call for it was refused since it was met last. */
  refused: boolean;
  /** What later calls differed in from the first, by the claim that would break, and were answered alike. */
  readonly agreed: Set<string>;
}

/** What calls for one name sent. */
export interface Sent {
  /** When the first of them left, by `performance.now()`. */
  readonly since: number;
  /** Calls that may have been accepted, in the order they were made; those that were made at the same time together. */
  readonly batches: (readonly Fields[])[];
  /** Calls that had to be refused. */
  readonly refused: Fields[];
  /** One of those was let in: its data may be there. */
  isSpoiled: boolean;
}

/** A time of creation. */
export interface Created {
  readonly text: string;
  readonly pointer: string;
  /** The same instant, as far as the coarser of the two tells. */
  isSame(other: Created): boolean;
}
