import type { AnswerBody } from '../../../properties/conversation.ts';
import type { Fields } from './accepted-calls.ts';

/** The data of a customer's valid calls, including the reference. */
export type Person = Fields;

/** One answer to a call for a customer. */
export interface Answered {
  readonly body: AnswerBody;
  readonly withToken: boolean;
  /** Position of the call in the sequence. */
  readonly turn: number;
  /** What was sent, without the token option. */
  readonly data: Fields;
}

/** The documented knowledge of a server about one customer. */
export interface Known {
  readonly answers: Answered[];
  /** A call for the customer was refused since its own data last came back. */
  refusedSince: boolean;
}

/** Get-or-create without a server: existing customers and their answers. Whether later data is kept or updated is open. */
export class SequenceModel {
  readonly people: readonly Person[];
  readonly known: readonly Known[];
  /** Number of steps so far. */
  turn = 0;

  constructor(people: readonly Person[]) {
    this.people = people;
    this.known = people.map(() => ({ answers: [], refusedSince: false }));
  }

  person(who: number): Person {
    return this.people[who] ?? {};
  }

  of(who: number): Known {
    return this.known[who] ?? { answers: [], refusedSince: false };
  }

  exists(who: number): boolean {
    return this.of(who).answers.length > 0;
  }

  /** The last answer for each of the other customers. */
  lastOfOthers(who: number): AnswerBody[] {
    return this.known.flatMap(({ answers }, index) => {
      const last = answers.at(-1);
      return index === who || last === undefined ? [] : [last.body];
    });
  }

  /** The last answer with a token for each of the other customers. */
  tokensOfOthers(who: number): AnswerBody[] {
    return this.known.flatMap(({ answers }, index) => {
      const last = answers.findLast(({ withToken }) => withToken);
      return index === who || last === undefined ? [] : [last.body];
    });
  }

  add(who: number, answered: Answered): void {
    const known = this.of(who);
    known.answers.push(answered);
    // Only the customer's own data proves that nothing of a refused call is left; other data may be kept or updated.
    if (JSON.stringify(answered.data) === JSON.stringify(this.person(who))) known.refusedSince = false;
  }
}
