/** What a case or a run uses up. */
export interface Amount {
  readonly requests: number;
  /** Customers that may be new; each one counts until an answer shows that it existed before. */
  readonly customers: number;
}

/** What a case needs before it starts. */
export interface Need extends Amount {
  /** The most calls that it makes concurrently. */
  readonly atOnce: number;
}

/** A part of the budget reserved for one case. */
export interface Reservation {
  /** Takes one request from the reservation, else from the free budget. @returns whether there was one */
  take(): boolean;
  /** Returns what was not used. @param customers how many may be new after all */
  settle(customers: number): void;
}

const NOTHING: Amount = { requests: 0, customers: 0 };

/**
 * The requests and new customers that a run may still use. Reservations ensure that no case is stopped half-way because of
 * concurrent cases; what a case does not use is returned.
 */
export class Budget {
  readonly #limit: Amount;
  readonly #spent = { ...NOTHING };
  readonly #reserved = { ...NOTHING };

  constructor(limit: Amount) {
    this.#limit = limit;
  }

  /** What is definitely used up. */
  get spent(): Amount {
    return this.#spent;
  }

  /** `later`: there may be enough once running cases return what they did not use. */
  fits(need: Partial<Amount>): 'now' | 'later' | 'never' {
    const isWithin = (reserved: Amount) =>
      (['requests', 'customers'] as const).every(
        (kind) => this.#spent[kind] + reserved[kind] + (need[kind] ?? 0) <= this.#limit[kind],
      );
    if (!isWithin(NOTHING)) return 'never';
    return isWithin(this.#reserved) ? 'now' : 'later';
  }

  /** Reserves an amount that fits now. */
  reserve({ requests, customers }: Amount): Reservation {
    const [spent, reserved] = [this.#spent, this.#reserved];
    let left = requests;
    reserved.requests += requests;
    reserved.customers += customers;
    return {
      take: () => {
        if (left === 0 && spent.requests + reserved.requests >= this.#limit.requests) return false;
        if (left > 0) {
          left -= 1;
          reserved.requests -= 1;
        }
        spent.requests += 1;
        return true;
      },
      settle: (created) => {
        reserved.requests -= left;
        reserved.customers -= customers;
        left = 0;
        spent.customers += created;
      },
    };
  }
}

/** A case that must not start: too little is left for it, or the run has stopped. */
export interface NoLease {
  readonly kind: 'refused';
  readonly reason: string;
  /** The run ended early; false if only this case cannot be judged with these settings. */
  readonly stopped: boolean;
}

/** Whether a case may start. */
export type Admitted = { readonly kind: 'granted'; readonly reservation: Reservation } | NoLease;

/** Everything admission depends on besides the budget. */
interface Conditions {
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
  readonly #waiting: { readonly need: Need; decide(decision: Admitted): void }[] = [];
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
    const { atOnce, places, limits } = this.#conditions;
    if (this.#stopped !== undefined) return { kind: 'refused', reason: this.#stopped, stopped: true };
    if (need.atOnce > 1 && atOnce < 2) {
      const reason = 'its calls must be concurrent, and the settings allow one at a time';
      return { kind: 'refused', reason, stopped: false };
    }
    if (this.#underWay >= places) return 'later';
    const fits = this.#budget.fits(need);
    if (fits === 'now') return { kind: 'granted', reservation: this.#budget.reserve(need) };
    if (fits === 'later' && this.#underWay > 0) return 'later';
    const limit = this.#budget.fits({ requests: need.requests }) === 'now' ? limits.customers : limits.requests;
    return { kind: 'refused', reason: `${limit} leaves no room for it`, stopped: true };
  }
}
