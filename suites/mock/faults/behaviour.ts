import { CONFORMING_STEPS, type Steps, stored, storeKey, type World } from '../steps.ts';
import type { Customer, Fields, Token } from '../store.ts';
import type { FieldError, FormValidator } from '../validate.ts';
import type { Fault, FaultPatch } from './fault.ts';

const { checkKey, customerFor, decode, tokenFor } = CONFORMING_STEPS;

type Patch = Fault['patch'];

/** Replaces steps that need no state. */
export function steps(replaced: Partial<Steps>): Patch {
  return () => ({ steps: replaced });
}

/** Accepts some credentials that must be refused. */
export function letsIn(isLetIn: (header: string | undefined, world: World) => boolean): Patch {
  return steps({ checkKey: (header, world) => (isLetIn(header, world) ? undefined : checkKey(header, world)) });
}

/** Changes the form's text before it is decoded. */
export function decodes(change: (body: string) => string): Patch {
  return steps({ decode: (body) => decode(change(body)) });
}

/** Reads the form with changed values. */
export function reads(change: (fields: Fields) => Fields): Patch {
  return steps({
    validate: (fields, validator) => validator(change(fields)),
    customerFor: (fields, world) => customerFor(change(fields), world),
  });
}

/** Stores the customer with changed values. */
export function stores(change: (fields: Fields) => Fields): Patch {
  return steps({ customerFor: (fields, world) => customerFor(change(fields), world) });
}

/** Checks some calls less or not at all. */
export function checks(
  errors: (fields: Fields, validator: FormValidator, world: World) => readonly FieldError[],
): Patch {
  return steps({ validate: (fields, validator, world) => [...errors(fields, validator, world)] });
}

/** Refuses some valid calls. @param field of the error */
export function refuses(field: string, isRefused: (fields: Fields) => boolean): Patch {
  const error: FieldError = { field, problem: 'invalid', detail: 'is not accepted' };
  return checks((fields, validator) => [...validator(fields), ...(isRefused(fields) ? [error] : [])]);
}

/** Changes all values, or those of some fields. */
export function each(change: (value: string) => string, names = /./): (fields: Fields) => Fields {
  return (fields) =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, names.test(name) ? change(value) : value]));
}

/** The call for which an answer is changed. */
interface Call {
  readonly fields: Fields;
  readonly world: World;
  readonly key: string;
  /** The customer as stored before the call. */
  readonly known: Customer | undefined;
}

/** Changes the customer in answers, but not in the store. @param start makes the change, with its own state */
export function customers(start: () => (customer: Customer, call: Call) => Customer): Patch {
  return () => {
    const change = start();
    return {
      steps: {
        async customerFor(fields, world) {
          const key = storeKey(fields, world);
          const known = world.store.get(key);
          return change(await customerFor(fields, world), { fields, world, key, known });
        },
      },
    };
  };
}

/** Changes the customer in answers to later calls. */
export function laterCustomers(change: (customer: Customer, fields: Fields, world: World) => Customer): Patch {
  return customers(
    () =>
      (customer, { fields, world, known }) =>
        known === undefined ? customer : change(customer, fields, world),
  );
}

/** Changes the tokens in answers. @param start makes the change, with its own state */
export function tokens(start: () => (token: Token, customer: Customer, now: number) => Token): Patch {
  return () => {
    const change = start();
    return {
      steps: {
        tokenFor(customer, fields, world) {
          const token = tokenFor(customer, fields, world);
          return token && change(token, customer, world.now().getTime());
        },
      },
    };
  };
}

interface RefusedCall extends Call {
  readonly status: number;
  readonly isWithoutMerchant: boolean;
}

/** Lets a refused call do something to the store. */
export function refusedCalls(harm: (call: RefusedCall) => void): Patch {
  return (): FaultPatch => {
    let world: World | undefined;
    return {
      steps: {
        checkKey(header, given) {
          world = given;
          return checkKey(header, given);
        },
      },
      rewrite(response, { body, headers }) {
        const { status } = response;
        if (world === undefined || status === 200) return response;
        const fields = decode(body);
        const key = storeKey(fields, world);
        const isWithoutMerchant = (headers['x-merchantid'] ?? '') === '';
        harm({ fields, world, key, known: world.store.get(key), status, isWithoutMerchant });
        return response;
      },
    };
  };
}

/** The customer with the fields of a call. */
export function withFields(customer: Customer, fields: Fields): Customer {
  return { ...customer, fields: { ...customer.fields, ...stored(fields) } };
}

/** Lets all concurrent calls reach this point. @param ms at least */
export function meanwhile(ms = 0): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
