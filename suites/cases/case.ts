import type { PropertyName } from './property-plan.ts';

/** Whose key a call carries, told by how it differs from the right one. */
export type Credentials =
  | 'right'
  | 'none'
  | 'longer'
  | 'shorter'
  | 'less-first'
  | 'first-changed'
  | 'middle-changed'
  | 'last-changed'
  | 'blank-added'
  | 'other-case'
  | 'other'
  | 'empty'
  | 'with-password'
  | 'without-colon'
  | 'as-password'
  | 'bearer'
  | 'bearer-basic'
  | 'scheme-alone'
  | 'other-without-colon'
  | 'not-base64'
  | 'two-wrong'
  | 'prefixed'
  | 'bare-key'
  | 'other-scheme'
  | 'two-lines';

/** Which merchant id a call carries. */
export type Merchant = 'right' | 'absent' | 'empty' | 'other';

/**
 * One call. Texts may hold templates (template.ts): `{n}` is n hexadecimal digits that belong to the case and its data, so
 * that a repeated run meets the same customers, or to the case and the run where the case needs new customers.
 */
export interface Call {
  /** The form's fields in the order they are sent; decoded. */
  readonly fields: Readonly<Record<string, string>>;
  /**
   * How the fields are written; default: `form`, as a browser does it. `percent` escapes every character, `lowercase` those
   * of the values and the dots in names, with lowercase hexadecimal letters, `escaped-names` all of the names; `bare`
   * escapes only what it must.
   */
  readonly encoding?: 'form' | 'percent' | 'lowercase' | 'escaped-names' | 'bare' | 'json';
  /** The body as sent, instead of what the fields encode to. */
  readonly rawBody?: string;
  /** Default: the form's; null sends none. */
  readonly mediaType?: string | null;
  readonly credentials?: Credentials;
  readonly merchant?: Merchant;
  /** Default: the operation's. */
  readonly path?: string;
}

/**
 * What an answer has to be. `accepted`: a 200 with the whole customer, checked by every claim on answers. `bad-request`:
 * the documented 400. `refused`: a 4xx without customer data. `anything`: the page leaves it open.
 */
export type Expectation = 'accepted' | 'bad-request' | 'refused' | 'anything';

/** Calls made at the same time, and what each answer has to be. */
export interface Step {
  /** What the step is for, in a few words; named in findings. */
  readonly label: string;
  readonly calls: readonly Call[];
  readonly expect: Expectation;
  /** The claim that breaks when the call is not answered as expected; default: the case's own. */
  readonly blames?: string;
  /**
   * The claim that breaks when what was sent does not come back; default RS-4. Null where the page leaves open which of the
   * customer's calls a server goes by (GC-5): then it is the data of one of them.
   */
  readonly echoClaim?: string | null;
  /** The one field that `echoClaim` is about, where it is not all of them. */
  readonly echoField?: string;
  /** The claim that breaks, instead, when what comes back is what another call at the same time sent. */
  readonly mixUpClaim?: string;
  /** The claim that breaks when no usable token comes; default TK-1. */
  readonly tokenClaim?: string;
  /** The case whose customer is asked for; default: this one's own. */
  readonly owner?: Case;
  /** In the tables, the id of that case: whoever collects the cases puts the case itself in its place. */
  readonly of?: string;
  /** In the tables: which of the calls of that case's first step has the customer; default: the first. */
  readonly nth?: number;
  /**
   * The case has nothing to look at where nobody asked for the customer before, on a live server so many milliseconds ago:
   * if need be, the call waits.
   */
  readonly knownForMs?: number;
  /** Nobody created this customer before, so that its date_created is the time of this call (RS-9). */
  readonly newCustomer?: boolean;
}

/** What holds between the answers of a case's steps, by their index. */
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

/** One question to a server: plain data. */
export interface Case {
  /** Claim id, a slash, and what is tried; frozen. */
  readonly id: string;
  readonly claim: string;
  readonly title: string;
  /** `kept`: a repeated run meets the customers of the last one. `new`: every run creates them anew. */
  readonly customers: 'kept' | 'new';
  readonly steps: readonly Step[];
  readonly relations?: readonly Relation[];
  /** For an open claim: which observation is made of the answers. */
  readonly observe?: string;
  /** The characters that the last step's call tries in one field; reports show by it which of them a server takes. */
  readonly tries?: { readonly field: string; readonly characters: string };
  /** The steps are not listed but generated, by the property of this name; `steps` is empty then. */
  readonly property?: PropertyName;
}

/** A case without what can be derived: its claim is in its id, and customers are kept unless it says otherwise. */
export type CaseOptions = Partial<Pick<Case, 'customers' | 'relations' | 'observe' | 'tries' | 'property'>>;

/** Makes a case. @param id claim id, slash, what is tried */
export function makeCase(id: string, title: string, steps: readonly Step[], options: CaseOptions = {}): Case {
  return { id, claim: id.slice(0, id.indexOf('/')), title, customers: 'kept', steps, ...options };
}
