/** What a case or a run uses up. */
export interface Amount {
  readonly requests: number;
  /** Customers that may be new; each one counts until an answer shows that it existed before. */
  readonly customers: number;
}

/** A part of the budget reserved for one case. */
export interface Reservation {
  /** Takes one request from the reservation, else from the free budget. @returns whether there was one */
  take(): boolean;
  /** Returns what was not used. @param customers how many may be new after all */
  settle(customers: number): void;
}

/**
 * The requests and new customers that a run may still use. Reservations ensure that no case is stopped half-way because of
 * concurrent cases; what a case does not use is returned.
 */
export class Budget {
  readonly #limit: Amount;
  #spent: Amount;
  #reserved: Amount = { requests: 0, customers: 0 };

  constructor(limit: Amount, spent: Amount) {
    this.#limit = limit;
    this.#spent = spent;
  }

  /** What is definitely used up. */
  get spent(): Amount {
    return this.#spent;
  }

  /** `later`: there may be enough once running cases return what they did not use. */
  fits(need: Amount): 'now' | 'later' | 'never' {
    const used = plus(this.#spent, need);
    if (!within(used, this.#limit)) return 'never';
    return within(plus(used, this.#reserved), this.#limit) ? 'now' : 'later';
  }

  /** Reserves an amount that fits now. */
  reserve(need: Amount): Reservation {
    this.#reserved = plus(this.#reserved, need);
    let left = need.requests;
    return {
      take: () => {
        if (left > 0) {
          left -= 1;
          this.#reserved = plus(this.#reserved, { requests: -1, customers: 0 });
        } else if (this.#spent.requests + this.#reserved.requests >= this.#limit.requests) {
          return false;
        }
        this.#spent = plus(this.#spent, { requests: 1, customers: 0 });
        return true;
      },
      settle: (customers) => {
        this.#reserved = plus(this.#reserved, { requests: -left, customers: -need.customers });
        left = 0;
        this.#spent = plus(this.#spent, { requests: 0, customers });
      },
    };
  }
}

function plus(a: Amount, b: Amount): Amount {
  return { requests: a.requests + b.requests, customers: a.customers + b.customers };
}

function within(amount: Amount, limit: Amount): boolean {
  return amount.requests <= limit.requests && amount.customers <= limit.customers;
}
