import { parseDateTime } from '../../../spec/date-time.ts';
import type { ObservationName } from '../../cases/observations.ts';
import { parseDateHeader } from '../../targets/times.ts';
import { isAccepted, readJsonObject, valueAt } from '../body.ts';
import type { AnswerBody, Observed } from '../operation.ts';
import type { Observation } from '../result.ts';
import { shapeOf } from '../token-shape.ts';

type Observer = (calls: readonly Observed[]) => Observation;

/** Observations of what the page leaves open: without customer data, and equal for equal behaviour. */
export const OBSERVERS: Readonly<Record<ObservationName, Observer>> = {
  answer: ([first]) => outcome(first),

  'answer-and-token': ([first]) =>
    accepted(first)
      ? { code: 'accepted', values: { status: first.answer.status, token: token(first) !== undefined } }
      : outcome(first),

  'came-back': ifAccepted((first) => {
    const body = bodyOf(first) ?? {};
    const changed = Object.entries(first.fields)
      .filter(([name, sent]) => !name.startsWith('options.') && body[name] !== sent)
      .map(([name]) => [name, body[name] === undefined ? 'left out' : body[name] === '' ? 'empty' : 'changed']);
    return { code: 'came-back', values: { changed: Object.fromEntries(changed) } };
  }),

  refusal: ([first]) => outcome(first),

  'customer-id-field': ifAccepted((first) => {
    const body = bodyOf(first) ?? {};
    const name = Object.keys(body).find((key) => key.toLowerCase() === 'customer_id');
    if (name === undefined) return { code: 'field-absent', values: {} };
    const value = body[name];
    const holds =
      value === body['object_reference_id'] ? 'the reference' : value === body['id'] ? 'the id' : 'another value';
    return { code: 'field-holds', values: { name, holds } };
  }),

  'unsent-fields': ifAccepted((first) => {
    const body = bodyOf(first) ?? {};
    const kinds = ['mobile_country_code', 'email_address', 'first_name', 'last_name'].map((name) => {
      const value = body[name];
      return [name, value === undefined ? 'absent' : value === null ? 'null' : value === '' ? 'empty' : 'filled'];
    });
    return { code: 'unsent-fields', values: { fields: Object.fromEntries(kinds) } };
  }),

  'first-or-later-data': ifBothAccepted((first, second) => {
    const name = bodyOf(second)?.['first_name'];
    if (name === second.fields['first_name']) return { code: 'updated', values: {} };
    return { code: name === first.fields['first_name'] ? 'kept' : 'neither-data', values: {} };
  }),

  'one-or-two-customers': ifBothAccepted((first, second) => {
    const isOne = bodyOf(first)?.['id'] === bodyOf(second)?.['id'];
    return { code: isOne ? 'one-customer' : 'two-customers', values: {} };
  }),

  'token-lifetime': ifAccepted((first) => {
    const expiry = parseDateTime(valueAt(bodyOf(first), '/juspay/client_auth_token_expiry'));
    const now = parseDateHeader(first.answer.headers['date']);
    if (expiry === undefined || now === undefined) return notTold('no expiry or no Date');
    // Rounded to ten seconds, because the two times are taken at different moments.
    return { code: 'lifetime', values: { seconds: Math.round((expiry - now) / 10_000) * 10 } };
  }),

  'token-reuse': ([first, second]) => {
    const [one, two] = [token(first), token(second)];
    if (one === undefined || two === undefined) return notTold('a token is missing');
    return { code: one === two ? 'token-reused' : 'token-new', values: {} };
  },

  'token-spelling': ([first]) => {
    const value = token(first);
    return typeof value === 'string' ? { code: 'spelling', values: { ...shapeOf(value) } } : notTold('no token');
  },

  'error-words': ([first]) => {
    const body = bodyOf(first);
    if (accepted(first) || body === undefined) return outcome(first);
    const known = ['status', 'error_code'];
    const words = known.map((name) => [name, JSON.stringify(body[name] ?? null)]);
    const further = Object.keys(body).filter((name) => ![...known, 'error_message'].includes(name));
    return { code: 'error-words', values: { words: Object.fromEntries(words), further: further.sort() } };
  },
};

function ifAccepted(observe: (first: Observed) => Observation): Observer {
  return ([first]) => (accepted(first) ? observe(first) : outcome(first));
}

function ifBothAccepted(observe: (first: Observed, second: Observed) => Observation): Observer {
  return ([first, second]) =>
    accepted(first) && accepted(second)
      ? observe(first, second)
      : { code: 'in-turn', values: { answers: [outcome(first), outcome(second)] } };
}

function notTold(why: string): Observation {
  return { code: 'not-told', values: { why } };
}

function accepted(observed: Observed | undefined): observed is Observed {
  return observed !== undefined && isAccepted(observed.answer);
}

function outcome(observed: Observed | undefined): Observation {
  if (observed === undefined) return { code: 'no-answer', values: {} };
  const { status, headers } = observed.answer;
  if (accepted(observed)) return { code: 'accepted', values: { status } };
  const mediaType = (headers['content-type'] ?? 'no media type').split(';', 1)[0] ?? '';
  return { code: 'refused', values: { status, mediaType } };
}

function bodyOf(observed: Observed | undefined): AnswerBody | undefined {
  const reading = observed && readJsonObject(observed.answer);
  return reading?.ok ? reading.value : undefined;
}

function token(observed: Observed | undefined): unknown {
  return valueAt(bodyOf(observed), '/juspay/client_auth_token');
}
