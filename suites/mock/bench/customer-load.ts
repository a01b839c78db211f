import { callWith, type LoadCall } from './load.ts';

/**
 * Generates calls for new and existing customers, and some that must be refused. Checks all fields of every answer, and that
 * each reference has one id of its own.
 * @param window calls repeat only this many newest customers; below the mock's limit, so that none was evicted
 */
export function customerLoad(window = 10_000): () => LoadCall {
  const ids = new Map<number, string>();
  const owners = new Map<string, number>();
  let created = 0;
  let calls = 0;

  function checkId(customer: number, id: unknown): string | undefined {
    if (typeof id !== 'string' || id === '') return `the id is ${JSON.stringify(id)}`;
    const known = ids.get(customer);
    if (known !== undefined && known !== id) return `customer ${customer} had the id ${known}, and now ${id}`;
    const owner = owners.get(id) ?? customer;
    if (owner !== customer) return `customers ${owner} and ${customer} both have the id ${id}`;
    ids.set(customer, id);
    owners.set(id, customer);
    // These are never requested again. The owners stay, to detect a reused id.
    ids.delete(customer - 2 * window);
    return undefined;
  }

  function customerCall(customer: number): LoadCall {
    const fields = {
      object_reference_id: `load-${String(customer).padStart(8, '0')}`,
      mobile_number: String(9_000_000_000 + customer),
      email_address: `load${customer}@example.com`,
      first_name: `John-${customer}`,
      last_name: 'Smith',
      mobile_country_code: '65',
    };
    return callWith(fields, (status, body) => {
      if (status !== 200) return `status ${status} for ${fields.object_reference_id}`;
      const value = JSON.parse(body) as Record<string, unknown>;
      const flaw = Object.entries(fields).find(([name, text]) => value[name] !== text);
      if (flaw !== undefined) return `${flaw[0]} is ${JSON.stringify(value[flaw[0]])} where ${flaw[1]} was sent`;
      return checkId(customer, value['id']);
    });
  }

  return () => {
    const turn = calls++ % 20;
    if (turn === 7)
      return refusedCall(
        400,
        callWith({ object_reference_id: 'short' }, () => undefined),
      );
    if (turn === 13) {
      return refusedCall(401, { ...customerCall(created), authorization: `Basic ${btoa('not_the_key:')}` });
    }
    const isNew = created === 0 || turn % 5 === 0;
    return customerCall(isNew ? created++ : Math.max(0, created - 1 - Math.floor(Math.random() * window)));
  };
}

function refusedCall(expected: number, call: LoadCall): LoadCall {
  return {
    ...call,
    check: (status, body) => {
      if (status !== expected) return `status ${status}, expected ${expected}`;
      return body.includes('"id"') ? 'a refusal with an id' : undefined;
    },
  };
}
