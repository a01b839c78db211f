/** A call's fields by name, decoded. */
type Fields = Readonly<Record<string, string>>;

/** The comparable values of an answer. */
export interface Identity {
  readonly id?: string;
  readonly created?: Created;
  readonly token?: { readonly text: string; readonly pointer: string };
  /** The stored data by property name, as JSON. */
  readonly data: Readonly<Record<string, string>>;
}

/** What is known about one name. */
export interface Known extends Identity {
  readonly where: string;
  /** What the first call sent. */
  readonly fields: Fields;
  /** The fields of the last call and the data of its answer. */
  last: { readonly asked: string; readonly data: Identity['data'] };
  /** Whether a call for it was refused since the last answer. */
  refused: boolean;
  /** Differences between the first and later calls, by the claim they would break, that had the same answer. */
  readonly agreed: Set<string>;
}

/** What calls for one name sent. */
export interface Sent {
  /** When the first one was sent, by `performance.now()`. */
  readonly since: number;
  /** Calls that may have been accepted, in order; concurrent ones together. */
  readonly batches: (readonly Fields[])[];
  /** Calls that had to be refused. */
  readonly refused: Fields[];
  /** Whether one of those was accepted, so that its data may be stored. */
  isSpoiled: boolean;
}

/** A time of creation. */
export interface Created {
  readonly text: string;
  readonly pointer: string;
  /** Whether it is the same instant, at the lower of both precisions. */
  isSame(other: Created): boolean;
}
