import type { Fields } from '../store.ts';
import { type Effect, keepRefused, of } from './front.ts';
import type { Random } from './random.ts';
import { changing, FRAMINGS, type Framing } from './rewriting.ts';

/** Accepts a bad request. @param isCleaned removes the mistake first */
export function overlooked(isCleaned: boolean, unseen: (fields: Fields) => Fields, claims: readonly string[]): Effect {
  return {
    ...{
      name: isCleaned ? 'accepted, the mistake taken out' : 'accepted',
      group: 'accepted though it is wrong',
      claims: [...claims, 'ER-1', 'GC-4'],
    },
    instead: ({ request, fields }, { lenient }) =>
      lenient(isCleaned ? { ...request, body: new URLSearchParams(unseen(fields)).toString() } : request),
  };
}

const NOT_REFUSED = ['ER-1', 'RQ-1', 'RQ-2', 'RQ-3', 'RQ-7', 'RQ-8', 'RQ-10', 'RQ-12'];

/** A refused call stores its data, deletes its customer, or gets no answer. */
export function leavesBehind(random: Random, weight: number, what: string, unanswered: readonly string[]) {
  const how = random.pick(['new', 'existing', 'existing'] as const);
  const stored = how === 'new' ? 'stored for a new customer' : 'stored over an existing customer';
  return [
    of(weight, stored, `data of ${what} are stored (${how})`, ['GC-4', 'GC-1'], {
      before: (seen, memory) => keepRefused(seen, memory, how),
    }),
    of(1, 'the existing customer is deleted', 'a refused call deletes', ['GC-4', 'GC-1'], {
      before: ({ fields }, { store }) => store.delete(fields['object_reference_id'] ?? ''),
    }),
    of(1, 'no answer', `no answer to ${what}`, unanswered, { instead: () => 'no-answer' }),
  ];
}

/** Errors in refusing a bad request. */
export function badRequestEffect(random: Random): Effect {
  const status = random.pick([401, 403, 404, 405, 409, 415, 422, 200, 500, 302]);
  const field = random.pick(['status', 'error_code', 'error_message']);
  const [what, value] = random.pick<readonly [string, unknown]>([
    ['left out', undefined],
    ['null', null],
    ['a number', 400],
    ['a list', ['no']],
    ['an object', { text: 'no' }],
    ['a boolean', false],
  ]);
  const [framing, frame] = random.pick([...FRAMINGS, ['as plain text', () => 'Bad Request'] as Framing]);
  const type = random.pick(['text/html', 'text/plain', undefined]);
  return random.weighted<Effect>([
    of(3, `status ${status}`, 'refused with another status', NOT_REFUSED, {
      after: (answer) => (answer.status === 400 ? { ...answer, status } : answer),
    }),
    of(3, `${field} ${what}`, 'a refusal without its texts', ['ER-2'], {
      after: changing(400, (body) => ({ ...body, [field]: value })),
    }),
    of(2, `a refusal ${framing}`, 'a refusal that is no JSON object', ['EP-4'], {
      after: (answer) => (answer.status === 400 ? { ...answer, body: frame(String(answer.body)) } : answer),
    }),
    of(1, `a refusal of media type ${type ?? 'none'}`, 'a refusal of another media type', ['EP-4'], {
      after(answer) {
        const { 'content-type': _, ...headers } = answer.headers;
        return { ...answer, headers: type === undefined ? headers : { ...headers, 'content-type': type } };
      },
    }),
    ...leavesBehind(random, 4, 'a bad request', NOT_REFUSED),
  ]);
}
