import type { Validators } from '../../../spec/schemas.ts';
import { TOKEN_OPTION } from '../../cases/data.ts';
import type { HttpAnswer } from '../../targets/target.ts';
import { objectsIn, readJsonObject, show, valueAt } from '../body.ts';
import type { AnswerBody, Fields } from '../operation.ts';
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
export function checkBadRequest(answer: HttpAnswer, claim: string, fields: Fields, validators: Validators): Flaw[] {
  if (answer.status === 400) return [...checkBadRequestBody(answer, validators), ...unaskedToken(answer, fields)];
  const accepted = answer.status >= 200 && answer.status < 300 && !isErrorBody(answer, validators);
  return [{ claim: accepted ? claim : 'ER-1', expected: 'status 400', actual: `status ${answer.status}` }];
}

/** A token that nobody asked for is in no body, that of a refusal included. */
function unaskedToken(answer: HttpAnswer, { [TOKEN_OPTION]: option }: Fields): Flaw[] {
  const reading = readJsonObject(answer);
  if ((option !== undefined && option !== 'false') || !reading.ok || !reading.readings.some(hasToken)) return [];
  const claim = option === 'false' ? 'TK-3' : 'TK-2';
  return [{ claim, expected: 'no client_auth_token anywhere in the body', actual: 'a client_auth_token' }];
}

function hasToken(value: AnswerBody): boolean {
  return objectsIn(value).some(({ client_auth_token: token }) => typeof token === 'string' && token !== '');
}

/** What a recording has in the place of somebody's data. */
const MASKED = /^\[.+\]$/;

/**
 * Whether a customer is anywhere in a refusal, whoever it is: a name could be the code of what is wrong with a field of that
 * name, a number and an address could not.
 */
function hasCustomer(value: AnswerBody, said: Fields): boolean {
  const isNews = (text: unknown, form: RegExp) =>
    typeof text === 'string' && (form.test(text) || MASKED.test(text)) && !Object.values(said).includes(text);
  return objectsIn(value).some(
    ({ object, mobile_number: mobile, email_address: email }) =>
      object === 'customer' || isNews(mobile, /^\+?\d{8,}$/) || isNews(email, /^\S+@\S+$/),
  );
}

/** Texts that only someone who was let in may read: a customer's id, and what the refused call did not say itself. */
export type Confidential = readonly { readonly what: string; readonly text: string }[];

/**
 * Checks the answer to a call without the right key or without a merchant id.
 * @param claim the claim that says so @param said the call's own fields
 */
export function checkRefused(answer: HttpAnswer, claim: string, confidential: Confidential, said: Fields): Flaw[] {
  const flaws: Flaw[] = [];
  if (answer.status < 400 || answer.status > 499) {
    flaws.push({ claim, expected: 'a status from 400 to 499', actual: `status ${answer.status}` });
  }
  const text = new TextDecoder().decode(answer.body);
  const given = confidential.find((secret) => text.includes(secret.text));
  const reading = readJsonObject(answer);
  const customer = reading.ok && reading.readings.some((value) => hasCustomer(value, said) || hasToken(value));
  if (given !== undefined || customer) {
    flaws.push({
      claim,
      expected: 'no customer data in the body',
      actual: `a body with ${customer ? 'a customer' : given?.what}`,
    });
  }
  return flaws;
}
