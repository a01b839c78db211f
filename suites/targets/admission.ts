import type { Amount, Budget, Reservation } from './request-budget.ts';

/** What a case needs before it starts. */
export interface Need extends Amount {
  /** The most calls that it makes concurrently. */
  readonly atOnce: number;
}

/** Whether a case may start. */
export type Admitted =
  | { readonly kind: 'granted'; readonly reservation: Reservation }
  | { readonly kind: 'refused'; readonly reason: string; readonly stopped: boolean };

interface Waiting {
  readonly need: Need;
  decide(decision: Admitted): void;
}

/** Everything admission depends on besides the budget. */
export interface Conditions {
  /** Maximum concurrent cases. */
  readonly places: number;
  /** Requests that can be sent together. */
  readonly atOnce: number;
  /** Names of the two limits with their values, for messages. */
  readonly limits: { readonly requests: string; readonly customers: string };
}

/**
 * Admits cases in order. The choice depends on the server's answers, not on timing: if the budget may not be enough, the
 * running cases have to end first.
 */
export class Admission {
  readonly #budget: Budget;
  readonly #conditions: Conditions;
  readonly #waiting: Waiting[] = [];
  #underWay = 0;
  #stopped: string | undefined;

  constructor(budget: Budget, conditions: Conditions) {
    this.#budget = budget;
    this.#conditions = conditions;
  }

  /** Waits for the case's turn. */
  ask(need: Need): Promise<Admitted> {
    return new Promise((decide) => {
      this.#waiting.push({ need, decide });
      this.#decide();
    });
  }

  /** Reports that an admitted case has ended. */
  leave(): void {
    this.#underWay -= 1;
    this.#decide();
  }

  /** Refuses all further cases. */
  stop(reason: string): void {
    this.#stopped ??= reason;
    this.#decide();
  }

  #decide(): void {
    for (let next = this.#waiting[0]; next !== undefined; next = this.#waiting[0]) {
      const decision = this.#decisionOn(next.need);
      if (decision === 'later') return;
      this.#waiting.shift();
      if (decision.kind === 'granted') this.#underWay += 1;
      next.decide(decision);
    }
  }

  #decisionOn(need: Need): Admitted | 'later' {
    if (this.#stopped !== undefined) return refused(this.#stopped, true);
    if (need.atOnce > 1 && this.#conditions.atOnce < 2) {
      return refused('its calls must be concurrent, and the settings allow one at a time', false);
    }
    if (this.#underWay >= this.#conditions.places) return 'later';
    const fits = this.#budget.fits(need);
    if (fits === 'now') return { kind: 'granted', reservation: this.#budget.reserve(need) };
    if (fits === 'later' && this.#underWay > 0) return 'later';
    return refused(`${this.#whichLimit(need)} leaves no room for it`, true);
  }

  #whichLimit({ requests }: Need): string {
    const { limits } = this.#conditions;
    const enoughRequests = this.#budget.fits({ requests, customers: 0 }) === 'now';
    return enoughRequests ? limits.customers : limits.requests;
  }
}

function refused(reason: string, stopped: boolean): Admitted {
  return { kind: 'refused', reason, stopped };
}
