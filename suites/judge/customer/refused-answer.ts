import type { Validators } from '../../../spec/schemas.ts';
import type { HttpAnswer } from '../../targets/target.ts';
import { hasKeyAnywhere, readJsonObject, show, valueAt } from '../body.ts';
import type { Flaw } from '../result.ts';

/** Checks the body of a documented 400 (EP-4, ER-2). */
export function checkBadRequestBody(answer: HttpAnswer, validators: Validators): Flaw[] {
  const reading = readJsonObject(answer);
  if (!reading.ok) return [{ claim: 'EP-4', expected: reading.expected, actual: reading.actual }];
  // Of two values of one name each is held to the claim; the first reading that breaks it says how.
  const flaws = reading.readings.map((value) =>
    validators.BadRequest(value).map(({ claim, pointer, expected, missing }) => ({
      claim,
      expected,
      pointer,
      actual: missing === undefined ? show(valueAt(value, pointer)) : `no property "${missing}"`,
    })),
  );
  return flaws.find((found) => found.length > 0) ?? [];
}

/** Whether a body is that of a documented 400, whatever the status: refused in words, if not in the status. */
export function isErrorBody(answer: HttpAnswer, validators: Validators): boolean {
  const reading = readJsonObject(answer);
  return reading.ok && !('id' in reading.value) && validators.BadRequest(reading.value).length === 0;
}

/** Whether a body is a whole customer, whatever the status: accepted in words, if not in the status. */
export function isCustomerBody(answer: HttpAnswer): boolean {
  const reading = readJsonObject(answer);
  return reading.ok && reading.value['object'] === 'customer' && typeof reading.value['id'] === 'string';
}

/**
 * Checks the answer to a call that had a mistake in its body.
 * @param claim the claim that says so; it breaks when the call is accepted, ER-1 when it is refused in another way
 */
export function checkBadRequest(answer: HttpAnswer, claim: string, validators: Validators): Flaw[] {
  if (answer.status === 400) return checkBadRequestBody(answer, validators);
  const accepted = answer.status >= 200 && answer.status < 300 && !isErrorBody(answer, validators);
  return [{ claim: accepted ? claim : 'ER-1', expected: 'status 400', actual: `status ${answer.status}` }];
}

/** Texts that only someone who was let in may read: a customer's id, and what the refused call did not say itself. */
export type Confidential = readonly { readonly what: string; readonly text: string }[];

/** Checks the answer to a call without the right key or without a merchant id. @param claim the claim that says so */
export function checkRefused(answer: HttpAnswer, claim: string, confidential: Confidential): Flaw[] {
  const flaws: Flaw[] = [];
  if (answer.status < 400 || answer.status > 499) {
    flaws.push({ claim, expected: 'a status from 400 to 499', actual: `status ${answer.status}` });
  }
  const text = new TextDecoder().decode(answer.body);
  const given = confidential.find((secret) => text.includes(secret.text));
  const reading = readJsonObject(answer);
  const customer =
    reading.ok &&
    reading.readings.some((value) => value['object'] === 'customer' || hasKeyAnywhere(value, 'client_auth_token'));
  if (given !== undefined || customer) {
    flaws.push({
      claim,
      expected: 'no customer data in the body',
      actual: `a body with ${customer ? 'a customer' : given?.what}`,
    });
  }
  return flaws;
}
