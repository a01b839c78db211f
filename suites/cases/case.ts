import type { Credentials } from './credentials.ts';
import type { PropertyName } from './property-plan.ts';

/** The merchant id of a call. */
export type Merchant = 'right' | 'absent' | 'empty' | 'other';

/**
 * One call. Texts may contain templates (template.ts): `{n}` is n hexadecimal digits derived from the case and its data, so
 * that a repeated run reuses the same customers, or from the case and the run if the case needs new customers.
 */
export interface Call {
  /** The form's fields in the order of sending; decoded. */
  readonly fields: Readonly<Record<string, string>>;
  /**
   * How to write the fields; default: `form`, like a browser. `percent` escapes every character, `lowercase` those of values
   * and the dots in names, with lowercase hexadecimal letters, `escaped-names` all of the names; `bare` only the necessary
   * ones.
   */
  readonly encoding?: 'form' | 'percent' | 'lowercase' | 'escaped-names' | 'bare' | 'json';
  /** The body to send instead of the encoded fields. */
  readonly rawBody?: string;
  /** Default: the form's; null omits the header. */
  readonly mediaType?: string | null;
  readonly credentials?: Credentials;
  readonly merchant?: Merchant;
  /** Default: the operation's. */
  readonly path?: string;
}

/**
 * The expected answer. `accepted`: a 200 with the complete customer, checked by every claim on answers. `bad-request`: the
 * documented 400. `refused`: a 4xx without customer data. `anything`: the page leaves it open.
 */
export type Expectation = 'accepted' | 'bad-request' | 'refused' | 'anything';

/** Concurrent calls with their expected answer. */
export interface Step {
  /** The purpose of the step in a few words; named in findings. */
  readonly label: string;
  readonly calls: readonly Call[];
  readonly expect: Expectation;
  /** The claim that breaks if the call is not answered as expected; default: the case's own. */
  readonly blames?: string;
  /**
   * The claim that breaks if sent data does not come back; default RS-4. Null if the page leaves open which of the customer's
   * calls counts (GC-5): then the data of any of them may come back.
   */
  readonly echoClaim?: string | null;
  /** The only field that `echoClaim` is about; default: all. */
  readonly echoField?: string;
  /** The claim that breaks instead if another concurrent call's data comes back. */
  readonly mixUpClaim?: string;
  /** The claim that breaks without a usable token; default TK-1. */
  readonly tokenClaim?: string;
  /** The case whose customer is used; default: this one. */
  readonly owner?: Case;
  /** In the tables, the id of that case; replaced by the case itself when cases are collected. */
  readonly of?: string;
  /** In the tables: which call of that case's first step has the customer; default: the first. */
  readonly nth?: number;
  /**
   * The case decides nothing unless an earlier call used the customer, on a live server this many milliseconds ago: the call
   * waits if necessary.
   */
  readonly knownForMs?: number;
  /** The customer did not exist before, so that date_created is the time of this call (RS-9). */
  readonly newCustomer?: boolean;
}

/** What must hold between the answers of a case's steps, by index. */
export interface Relation {
  readonly kind:
    | 'same-id'
    | 'same-created'
    | 'same-data'
    | 'same-fields'
    | 'one-id'
    | 'different-ids'
    | 'different-tokens';
  readonly steps: readonly number[];
  /** Default: the case's own claim. */
  readonly claim?: string;
}

/** One test of a server, as plain data. */
export interface Case {
  /** Claim id, a slash, and what is tested; frozen. */
  readonly id: string;
  readonly claim: string;
  readonly title: string;
  /** `kept`: repeated runs reuse the same customers. `new`: every run creates new ones. */
  readonly customers: 'kept' | 'new';
  readonly steps: readonly Step[];
  readonly relations?: readonly Relation[];
  /** For an open claim: the observation to make. */
  readonly observe?: string;
  /** The characters tested in one field of the last step; reports show which ones a server accepts. */
  readonly tries?: { readonly field: string; readonly characters: string };
  /** The property that generates the steps; `steps` is then empty. */
  readonly property?: PropertyName;
}

/** Optional parts of a case. The claim is derived from the id, and customers are kept by default. */
export type CaseOptions = Partial<Pick<Case, 'customers' | 'relations' | 'observe' | 'tries' | 'property'>>;

/** Makes a case. @param id claim id, slash, what is tested */
export function makeCase(id: string, title: string, steps: readonly Step[], options: CaseOptions = {}): Case {
  return { id, claim: id.slice(0, id.indexOf('/')), title, customers: 'kept', steps, ...options };
}
