import fc from 'fast-check';
import { prepare, step, TOKEN_OPTION } from '../../../cases/data.ts';
import type { AnswerBody, Property } from '../../../properties/conversation.ts';
import { areApart, completeCustomers, type Fields } from './accepted-calls.ts';
import { mistakesIn, withMistake } from './invalid-requests.ts';

/**
 * Any request with one mistake gets 400 and changes nothing. An existing customer is called twice before, so that a server
 * that changes it with every call is not blamed for refused ones.
 */
export const oneThingWrong: Property = ({ form, validators }, attempt) => {
  const customers = completeCustomers(form);
  const wrongRequests = customers.chain((fields) =>
    mistakesIn(fields, form, validators).map((mistake) => ({ fields, mistake })),
  );
  const given = fc
    .record({ own: customers, wrong: wrongRequests, exists: fc.boolean(), asksForToken: fc.boolean() })
    .filter((one) => areApart([one.own, one.wrong.fields]));
  return fc.asyncProperty(given, ({ own, wrong: { fields, mistake }, exists, asksForToken }) =>
    attempt(async (conversation) => {
      const seen: (AnswerBody | undefined)[] = [];
      if (exists) {
        seen.push(...(await conversation.take(prepare('the first call', own, { newCustomer: true }))));
        seen.push(...(await conversation.take(prepare('the same call again', own))));
        compareAll(seen, 'GC-1');
      }
      const sameCustomer = { ...fields, object_reference_id: own['object_reference_id'] ?? '' };
      const wrong = withMistake({ ...sameCustomer, ...(asksForToken ? { [TOKEN_OPTION]: 'true' } : {}) }, mistake);
      await conversation.take(
        step(`the call with ${mistake.what}`, 'bad-request', wrong, { blames: mistake.claim, ...codingFor(wrong) }),
      );
      const options = { newCustomer: !exists };
      seen.push(...(await conversation.take(prepare('the call without the mistake', own, options))));
      compareAll(seen, 'GC-4');

      function compareAll(answers: typeof seen, claim: string): void {
        const bodies = answers.filter((body) => body !== undefined);
        conversation.compare('same-id', claim, bodies);
        conversation.compare('same-created', claim, bodies);
      }
    }),
  );
};

/** Percent-encoding makes every character unambiguous: a space as + would also test decoding (EP-2). */
export function codingFor(fields: Fields): { encoding?: 'percent' } {
  return Object.values(fields).some((value) => value.includes(' ')) ? { encoding: 'percent' } : {};
}
