import type { AnswerBody } from '../../../properties/conversation.ts';
import type { Fields } from './accepted-calls.ts';

/** What a customer's valid calls send; the reference among it. */
export type Person = Fields;

/** One answer to a call for a customer. */
export interface Answered {
  readonly body: AnswerBody;
  readonly withToken: boolean;
  /** Of the call, in the sequence. */
  readonly turn: number;
  /** What was sent, the token option aside. */
  readonly data: Fields;
}

/** What a server that gets or creates knows of one customer, as far as the page says it. */
export interface Known {
  readonly answers: Answered[];
  /** A call for the customer was refused since its own data came back last. */
  refusedSince: boolean;
}

/** Get-or-create without a server: who exists, and what was answered. Whether later data is kept or updated is open. */
export class SequenceModel {
  readonly people: readonly Person[];
  readonly known: readonly Known[];
  /** Steps taken so far. */
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

  /** The last answer to each of the other customers. */
  lastOfOthers(who: number): AnswerBody[] {
    return this.known.flatMap(({ answers }, index) => {
      const last = answers.at(-1);
      return index === who || last === undefined ? [] : [last.body];
    });
  }

  /** The last token that each of the other customers got, in its answer. */
  tokensOfOthers(who: number): AnswerBody[] {
    return this.known.flatMap(({ answers }, index) => {
      const last = answers.findLast(({ withToken }) => withToken);
      return index === who || last === undefined ? [] : [last.body];
    });
  }

  add(who: number, answered: Answered): void {
    const known = this.of(who);
    known.answers.push(answered);
    // Other data may be kept or updated: only the customer's own, come back, shows that nothing of a refused call is left.
    if (JSON.stringify(answered.data) === JSON.stringify(this.person(who))) known.refusedSince = false;
  }
}
