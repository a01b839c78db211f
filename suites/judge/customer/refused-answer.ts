import type { Validators } from '../../../spec/schemas.ts';
import { TOKEN_OPTION } from '../../cases/data.ts';
import type { HttpAnswer } from '../../targets/target.ts';
import { objectsIn, readJsonObject, show, valueAt } from '../body.ts';
import type { CallRecord } from '../exchange.ts';
import { statusInWords } from '../html-page.ts';
import type { Known } from '../identity.ts';
import type { AnswerBody, Fields } from '../operation.ts';
import type { Flaw } from '../result.ts';

/** Checks the body of a documented 400 (EP-4, ER-2). */
export function checkBadRequestBody(answer: HttpAnswer, validators: Validators): Flaw[] {
  const reading = readJsonObject(answer);
  if (!reading.ok) return [{ claim: 'EP-4', expected: reading.expected, actual: reading.actual }];
  // Each value of a repeated name has to conform; reports the first violation.
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

/** Whether a body is a documented 400's, whatever the status. */
export function isErrorBody(answer: HttpAnswer, validators: Validators): boolean {
  const reading = readJsonObject(answer);
  return reading.ok && !('id' in reading.value) && validators.BadRequest(reading.value).length === 0;
}

/** Whether a body is a customer, whatever the status. */
export function isCustomerBody(answer: HttpAnswer): boolean {
  const reading = readJsonObject(answer);
  return reading.ok && reading.value['object'] === 'customer' && typeof reading.value['id'] === 'string';
}

/**
 * Checks the answer to a call with an invalid body.
 * @param claim breaks if the call is accepted; ER-1 breaks if it is refused in another way
 */
export function checkBadRequest(answer: HttpAnswer, claim: string, fields: Fields, validators: Validators): Flaw[] {
  if (answer.status === 400) {
    const reading = readJsonObject(answer);
    const flaws = reading.ok ? unaskedToken(reading.readings, fields[TOKEN_OPTION], hasToken) : [];
    return [...checkBadRequestBody(answer, validators), ...flaws];
  }
  const accepted = answer.status >= 200 && answer.status < 300 && !isErrorBody(answer, validators);
  return [{ claim: accepted ? claim : 'ER-1', expected: 'status 400', actual: statusInWords(answer) }];
}

/** No body may contain a token that was not requested, not even a refusal's. @param option as sent @param isToken whether a value shows one */
export function unaskedToken(
  values: readonly AnswerBody[],
  option: string | undefined,
  isToken: (value: AnswerBody) => boolean,
): Flaw[] {
  if ((option !== undefined && option !== 'false') || !values.some(isToken)) return [];
  const claim = option === 'false' ? 'TK-3' : 'TK-2';
  return [{ claim, expected: 'no client_auth_token anywhere in the body', actual: 'a client_auth_token' }];
}

function hasToken(value: AnswerBody): boolean {
  return objectsIn(value).some(({ client_auth_token: token }) => typeof token === 'string' && token !== '');
}

/** A masked value in a recording. */
const MASKED = /^\[.+\]$/;

/**
 * Whether a refusal contains any customer. A name could be the error code of a field, but not a number or an address.
 */
function hasCustomer(value: AnswerBody, said: Fields): boolean {
  const isNews = (text: unknown, form: RegExp) =>
    typeof text === 'string' && (form.test(text) || MASKED.test(text)) && !Object.values(said).includes(text);
  return objectsIn(value).some(
    ({ object, mobile_number: mobile, email_address: email }) =>
      object === 'customer' || isNews(mobile, /^\+?\d{8,}$/) || isNews(email, /^\S+@\S+$/),
  );
}

/** Texts only for authorized callers: a customer's id, and data that the refused call did not contain. */
export type Confidential = readonly { readonly what: string; readonly text: string }[];

/**
 * Checks the answer to a call with a wrong key or without a merchant id.
 * @param claim that requires the refusal @param said the call's own fields
 */
export function checkRefused(answer: HttpAnswer, claim: string, confidential: Confidential, said: Fields): Flaw[] {
  const flaws: Flaw[] = [];
  if (answer.status < 400 || answer.status > 499) {
    flaws.push({ claim, expected: 'a status from 400 to 499', actual: statusInWords(answer) });
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

/** Shorter values are not distinctive. */
const TELLING = 8;

/** What earlier answers revealed about a customer, without what the refused call itself contains. */
export function confidentialFor(
  refused: CallRecord,
  calls: readonly CallRecord[],
  known: Readonly<Known> | undefined,
): Confidential {
  const said = Object.values(refused.fields);
  const told = [
    ...calls.flatMap(({ value, fields }) => (value === undefined ? [] : [{ id: value['id'], fields }])),
    ...(known === undefined ? [] : [{ id: known.id, fields: known.fields }]),
  ];
  return told.flatMap(({ id, fields }) => {
    const unsaid = Object.entries(fields).filter(
      ([, text]) => text.length >= TELLING && !said.some((one) => one.includes(text)),
    );
    return [
      ...(typeof id === 'string' && id !== '' ? [{ what: "the customer's id", text: id }] : []),
      ...unsaid.map(([name, text]) => ({ what: `the customer's ${name}`, text })),
    ];
  });
}
