import type { ObservationName } from '../../cases/observations.ts';
import { parseDateHeader, parseDateTime } from '../../targets/times.ts';
import { readJsonObject, valueAt } from '../body.ts';
import type { Observed } from '../operation.ts';
import { shapeOf } from '../token-shape.ts';

/** What the page leaves open, as this server did it. The texts hold no customer data and are the same for the same behaviour. */
export const OBSERVERS: Readonly<Record<ObservationName, (calls: readonly Observed[]) => string>> = {
  answer: ([first]) => outcome(first),

  'answer-and-token': ([first]) =>
    `${outcome(first)}${accepted(first) ? (token(first) === undefined ? ', no token' : ', a token') : ''}`,

  'came-back': ([first]) => {
    if (!accepted(first)) return outcome(first);
    const body = bodyOf(first);
    const changed = Object.entries(first.fields)
      .filter(([name]) => !name.startsWith('options.'))
      .flatMap(([name, sent]) => {
        const value = body?.[name];
        if (value === sent) return [];
        return [value === undefined ? `${name} left out` : value === '' ? `${name} empty` : `${name} changed`];
      });
    return changed.length === 0 ? 'accepted, everything came back' : `accepted, ${changed.join(', ')}`;
  },

  refusal: ([first]) => outcome(first),

  'customer-id-field': ([first]) => {
    if (!accepted(first)) return outcome(first);
    const body = bodyOf(first) ?? {};
    const name = Object.keys(body).find((key) => key.toLowerCase() === 'customer_id');
    if (name === undefined) return 'absent';
    const value = body[name];
    const held =
      value === body['object_reference_id'] ? 'the reference' : value === body['id'] ? 'the id' : 'another value';
    return `${name} holds ${held}`;
  },

  'unsent-fields': ([first]) => {
    if (!accepted(first)) return outcome(first);
    const body = bodyOf(first) ?? {};
    return ['mobile_country_code', 'email_address', 'first_name', 'last_name']
      .map((name) => {
        const value = body[name];
        return `${name} ${value === undefined ? 'absent' : value === null ? 'null' : value === '' ? 'empty' : 'filled'}`;
      })
      .join(', ');
  },

  'first-or-later-data': ([first, second]) => {
    if (!accepted(first) || !accepted(second)) return `${outcome(first)}, then ${outcome(second)}`;
    const name = bodyOf(second)?.['first_name'];
    if (name === second.fields['first_name']) return 'updated to the later data';
    return name === first.fields['first_name'] ? 'the first data kept' : 'neither the first nor the later data';
  },

  'one-or-two-customers': ([first, second]) => {
    if (!accepted(first) || !accepted(second)) return `${outcome(first)}, then ${outcome(second)}`;
    return bodyOf(first)?.['id'] === bodyOf(second)?.['id'] ? 'one customer' : 'two customers';
  },

  'token-lifetime': ([first]) => {
    if (!accepted(first)) return outcome(first);
    const expiry = parseDateTime(valueAt(bodyOf(first), '/juspay/client_auth_token_expiry'));
    const now = parseDateHeader(first.answer.headers['date']);
    if (expiry === undefined || now === undefined) return 'not to be told: no expiry or no Date';
    // To the nearest ten seconds: the two clocks are read at different moments of the same answer.
    return `about ${Math.round((expiry - now) / 10_000) * 10} seconds`;
  },

  'token-reuse': ([first, second]) => {
    const [one, two] = [token(first), token(second)];
    if (one === undefined || two === undefined) return 'not to be told: a token is missing';
    return one === two ? 'the same token again' : 'a new token each time';
  },

  'token-spelling': ([first]) => {
    const value = token(first);
    if (typeof value !== 'string') return 'not to be told: no token';
    const { prefix, length, kind } = shapeOf(value);
    return `${prefix === '' ? '' : `"${prefix}" and `}${length} ${kind}`;
  },

  'error-words': ([first]) => {
    const body = bodyOf(first);
    if (accepted(first) || body === undefined) return outcome(first);
    const texts = ['status', 'error_code'].map((name) => `${name} ${JSON.stringify(body[name] ?? null)}`);
    const further = Object.keys(body).filter((name) => !['status', 'error_code', 'error_message'].includes(name));
    return `${texts.join(', ')}${further.length === 0 ? '' : `, further fields ${further.sort().join(', ')}`}`;
  },
};

function accepted(observed: Observed | undefined): observed is Observed {
  return observed !== undefined && observed.answer.status >= 200 && observed.answer.status < 300;
}

function outcome(observed: Observed | undefined): string {
  if (observed === undefined) return 'no answer';
  const { status, headers } = observed.answer;
  const mediaType = (headers['content-type'] ?? 'no media type').split(';', 1)[0];
  return accepted(observed) ? `accepted with ${status}` : `refused with ${status}, ${mediaType}`;
}

function bodyOf(observed: Observed | undefined): Readonly<Record<string, unknown>> | undefined {
  const reading = observed && readJsonObject(observed.answer);
  return reading?.ok ? reading.value : undefined;
}

function token(observed: Observed | undefined): unknown {
  return valueAt(bodyOf(observed), '/juspay/client_auth_token');
}
