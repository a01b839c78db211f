import type { AnswerBody } from '../../../properties/conversation.ts';
import type { Fields } from './accepted-calls.ts';

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
  /** The data of each customer's valid calls, including the reference. */
  readonly people: readonly Fields[];
  readonly known: readonly Known[];
  /** Number of steps so far. */
  turn = 0;

  constructor(people: readonly Fields[]) {
    this.people = people;
    this.known = people.map(() => ({ answers: [], refusedSince: false }));
  }

  person(who: number): Fields {
    return this.people[who] ?? {};
  }

  of(who: number): Known {
    return this.known[who] ?? { answers: [], refusedSince: false };
  }

  exists(who: number): boolean {
    return this.of(who).answers.length > 0;
  }

  /** The last answer for each of the other customers, or the last with a token. */
  lastOfOthers(who: number, isWanted: (answered: Answered) => boolean = () => true): AnswerBody[] {
    return this.known.flatMap(({ answers }, index) => {
      const last = answers.findLast(isWanted);
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
