import { parseDateTime } from '../../../spec/date-time.ts';
import type { Echo } from '../../../spec/echoes.ts';
import type { Validators, Violation } from '../../../spec/schemas.ts';
import type { Step } from '../../cases/case.ts';
import { TOKEN_OPTION } from '../../cases/data.ts';
import type { HttpAnswer } from '../../targets/target.ts';
import { parseDateHeader } from '../../targets/times.ts';
import { hasKeyAnywhere, readJsonObject, show, valueAt } from '../body.ts';
import type { AnswerBody, AskedFor, Compiled, Fields, Reading, Unseen } from '../operation.ts';

import type { Flaw } from '../result.ts';
import { type Asked, checkEchoes, misspelt, otherSpelling } from './echoed-fields.ts';
import { createdOf } from './identity.ts';
import { unaskedToken } from './refused-answer.ts';

/** Two minutes in milliseconds: maximum difference between date_created of a new customer and the Date header (RS-9). */
const NEW_CUSTOMER_TOLERANCE = 120_000;

/** Checks the answer to an accepted call of a case. */
export function readAccepted(answer: HttpAnswer, asked: AskedFor, { validators, echoes }: Compiled): Reading {
  const { step, fields, others, sent, known, isNew, open } = asked;
  const token = tokenFor(fields);
  const { echoClaim = 'RS-4', echoField, mixUpClaim, tokenClaim = 'TK-1' } = step;
  const reading = checkAccepted(
    answer,
    {
      ...{ fields, tokenClaim, isNew },
      ...(open ? { token: 'open', echoClaim: null } : { token, echoClaim, refused: sent.refused }),
      // After a wrongly accepted call, which was blamed, its data may be stored.
      ...(sent.isSpoiled ? { echoClaim: null } : echoClaim === null && !open ? { sent } : {}),
      ...(known === undefined ? {} : { known }),
      ...(echoField === undefined ? {} : { echoField }),
      ...(mixUpClaim === undefined ? {} : { mixUp: { claim: mixUpClaim, others } }),
    },
    validators,
    echoes,
  );
  return { ...reading, unseen: open ? [] : unseenIn(answer, step, token === 'true' ? tokenClaim : undefined, isNew) };
}

/** Whether the answer to a call with these fields has a token; `open` if the page does not say. */
export function tokenFor({ [TOKEN_OPTION]: option }: Fields): Asked['token'] {
  return option === undefined ? 'absent' : option === 'true' || option === 'false' ? option : 'open';
}

/** What an answer cannot decide: without a readable Date header the server's time is unknown. */
function unseenIn({ headers }: HttpAnswer, step: Step, tokenClaim: string | undefined, isNew: boolean): Unseen[] {
  const hasClock = parseDateHeader(headers['date']) !== undefined;
  const what = 'the answer has no readable Date header';
  const lateness = 'the answer is from a later attempt, so the time of creation is unknown';
  return [
    ...(step.newCustomer === true && !(hasClock && isNew) ? [{ claim: 'RS-9', what: hasClock ? lateness : what }] : []),
    ...(tokenClaim !== undefined && !hasClock
      ? [{ claim: tokenClaim, what: `${what}: the expiry is compared with it` }]
      : []),
  ];
}

/** Checks an accepted answer by every claim. @param answer with a 2xx status */
export function checkAccepted(
  answer: HttpAnswer,
  asked: Asked,
  validators: Validators,
  echoes: readonly Echo[],
): Reading {
  const flaws: Flaw[] = [];
  if (answer.status !== 200) {
    flaws.push({ claim: 'RS-1', expected: 'status 200', actual: `status ${answer.status}` });
  }
  const reading = readJsonObject(answer);
  if (!reading.ok) {
    flaws.push({ claim: 'EP-4', expected: reading.expected, actual: reading.actual });
    return { flaws };
  }
  // Clients differ in which value of a repeated name they read, so each has to fulfil the claims.
  for (const value of reading.readings) {
    for (const flaw of checkValue(value, answer, asked, { validators, echoes })) {
      if (!flaws.some((known) => isSameFlaw(known, flaw))) flaws.push(flaw);
    }
  }
  const others = reading.readings.slice(0, -1);
  return { value: reading.value, ...(others.length === 0 ? {} : { others }), flaws };
}

function isSameFlaw(one: Flaw, other: Flaw): boolean {
  return one.claim === other.claim && one.pointer === other.pointer && one.actual === other.actual;
}

const MANDATORY = new Set(['object_reference_id', 'mobile_number']);

function checkValue(
  value: AnswerBody,
  answer: HttpAnswer,
  asked: Asked,
  { validators, echoes }: Pick<Compiled, 'validators' | 'echoes'>,
): Flaw[] {
  const flaws: Flaw[] = [];
  const wanted = asked.fields;
  const withToken =
    asked.token === 'true' || (asked.token === 'open' && valueAt(value, '/juspay/client_auth_token') !== undefined);
  // If the first data may be kept, an optional field may still be as for a customer without it.
  const violations = validators[withToken ? 'CustomerWithToken' : 'CustomerWithoutToken'](value).filter(
    (violation) =>
      !(asked.echoClaim === null && isOptional(violation, echoes) && valueAt(value, violation.pointer) === null),
  );
  for (const violation of violations) {
    // A token that was not requested is searched for in the whole body below.
    if (violation.claim !== 'TK-2' && !isEchoed(violation, echoes, wanted))
      flaws.push(toFlaw(violation, value, asked.tokenClaim));
  }
  const option = asked.token === 'absent' ? undefined : asked.token;
  flaws.push(...unaskedToken([value], option, (body) => hasKeyAnywhere(body, 'client_auth_token')));
  flaws.push(...checkEchoes(value, asked, echoes, violations));
  flaws.push(...checkTimes(value, answer, asked));
  return flaws;
}

/** Converts a violation to a flaw. A misspelt property breaks RS-6 instead of the property's claim. */
function toFlaw(violation: Violation, value: unknown, tokenClaim: string): Flaw {
  const { claim, pointer, expected, missing } = violation;
  const place = valueAt(value, pointer);
  const blamed = claim === 'TK-1' ? tokenClaim : claim;
  if (missing === undefined) return { claim: blamed, expected, actual: show(place), pointer };
  const other = otherSpelling(place, missing);
  if (other !== undefined) return misspelt(missing, other, pointer);
  return { claim: blamed, expected, actual: `no property "${missing}"`, pointer };
}

/**
 * An optional field that was not sent, or sent empty, may have any value (RS-8); a missing field that was sent is found by
 * the comparison with what was sent.
 */
function isEchoed(violation: Violation, echoes: readonly Echo[], wanted: Asked['fields']): boolean {
  return echoes.some(({ property, field }) =>
    (wanted[field] ?? '') === '' ? violation.pointer === `/${property}` : violation.missing === property,
  );
}

function isOptional({ pointer }: Violation, echoes: readonly Echo[]): boolean {
  return echoes.some(({ property, field }) => pointer === `/${property}` && !MANDATORY.has(field));
}

/** Whether both times of an answer are equal; one of them may be in whole seconds. */
function isSameTime(value: Readonly<Record<string, unknown>>): boolean {
  const [created, updated] = [createdOf(value['date_created']), createdOf(value['last_updated'])];
  return created !== undefined && updated !== undefined && created.isSame(updated);
}

function checkTimes(value: Readonly<Record<string, unknown>>, answer: HttpAnswer, asked: Asked): Flaw[] {
  const flaws: Flaw[] = [];
  const created = parseDateTime(value['date_created']);
  const updated = parseDateTime(value['last_updated']);
  const now = parseDateHeader(answer.headers['date']);
  if (created !== undefined && updated !== undefined && updated < created && !isSameTime(value)) {
    const expected = `not before date_created, ${show(value['date_created'])}`;
    flaws.push({ claim: 'RS-5', expected, actual: show(value['last_updated']), pointer: '/last_updated' });
  }
  if (asked.isNew && created !== undefined && now !== undefined && Math.abs(created - now) > NEW_CUSTOMER_TOLERANCE) {
    const expected = `within two minutes of the answer's Date, ${answer.headers['date']}`;
    flaws.push({ claim: 'RS-9', expected, actual: show(value['date_created']), pointer: '/date_created' });
  }
  const expiry = parseDateTime(valueAt(value, '/juspay/client_auth_token_expiry'));
  if (asked.token === 'true' && expiry !== undefined && now !== undefined && expiry <= now) {
    const pointer = '/juspay/client_auth_token_expiry';
    const expected = `after the answer's Date, ${answer.headers['date']}`;
    flaws.push({ claim: asked.tokenClaim, expected, actual: show(valueAt(value, pointer)), pointer });
  }
  return flaws;
}
