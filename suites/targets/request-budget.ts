/** What a case, or a run, uses up. */
export interface Amount {
  readonly requests: number;
  /** Customers that may be new: each could be, until an answer says that it was there before. */
  readonly customers: number;
}

/** A part of the budget that is set aside for one case. */
export interface Reservation {
  /** Takes one request: of those set aside, else of those that nobody has. @returns whether there was one */
  take(): boolean;
  /** Gives back what was set aside and not used. @param customers how many may be new after all */
  settle(customers: number): void;
}

/**
 * The requests and the new customers that a run may still make. What is set aside for a case is there when it needs it, so
 * that no case is stopped half-way by the cases beside it; what it does not need goes back.
 */
export class Budget {
  readonly #limit: Amount;
  #spent: Amount;
  #reserved: Amount = { requests: 0, customers: 0 };

  constructor(limit: Amount, spent: Amount) {
    this.#limit = limit;
    this.#spent = spent;
  }

  /** What is certainly gone. */
  get spent(): Amount {
    return this.#spent;
  }

  /** `later`: once a case that is under way gives back what it did not need, there may be enough. */
  fits(need: Amount): 'now' | 'later' | 'never' {
    const used = plus(this.#spent, need);
    if (!within(used, this.#limit)) return 'never';
    return within(plus(used, this.#reserved), this.#limit) ? 'now' : 'later';
  }

  /** Sets an amount aside that fits now. */
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
