import { FRAMINGS } from '../mutants/body-mutants.ts';
import { withFields } from '../patches.ts';
import { stored, storeKey } from '../steps.ts';
import { type Fields, randomIds } from '../store.ts';
import {
  changing,
  type Effect,
  framed,
  type Memory,
  of,
  type Seen,
  typed,
  UNCHECKED,
  type Weighted,
} from './effect.ts';
import type { Random } from './random.ts';

/** Accepts a bad request. @param isCleaned removes the mistake first */
export function overlooked(isCleaned: boolean, unseen: (fields: Fields) => Fields, claims: readonly string[]): Effect {
  return {
    name: isCleaned ? 'accepted, the mistake taken out' : 'accepted',
    claims: [...claims, 'ER-1', 'GC-4'],
    instead({ request, fields }, { answerAs }) {
      const body = isCleaned ? new URLSearchParams(unseen(fields)).toString() : request.body;
      return answerAs(UNCHECKED, { ...request, body });
    },
  };
}

const NOT_REFUSED = 'ER-1 RQ-1 RQ-2 RQ-3 RQ-7 RQ-8 RQ-10 RQ-12';

/** Stores a refused call's data, as if accepted. @returns whether the store changed */
function keepRefused({ fields }: Seen, { store, now }: Memory, how: 'new' | 'existing'): boolean {
  const key = storeKey(fields);
  const known = store.get(key);
  if (how === 'existing') {
    if (known === undefined) return false;
    const changed = withFields(known, fields);
    store.set(key, changed);
    return JSON.stringify(changed.fields) !== JSON.stringify(known.fields);
  }
  if (known !== undefined || key.length < 8) return false;
  store.set(key, { id: randomIds.customerId(), created: now(), updated: now(), fields: stored(fields) });
  return true;
}

/** A refused call stores its data, deletes its customer, or gets no answer. */
export function leavesBehind(random: Random, weight: number, unanswered: string): Weighted[] {
  const how = random.pick(['new', 'existing', 'existing'] as const);
  return [
    of(weight, how === 'new' ? 'stored for a new customer' : 'stored over an existing customer', 'GC-4 GC-1', {
      before: (seen, memory) => keepRefused(seen, memory, how),
    }),
    of(1, 'the existing customer is deleted', 'GC-4 GC-1', {
      before: ({ fields }, { store }) => store.delete(fields['object_reference_id'] ?? ''),
    }),
    of(1, 'no answer', unanswered, { instead: () => 'no-answer' }),
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
  const [framing, frame] = random.pick(Object.entries(FRAMINGS));
  const type = random.pick(['text/html', 'text/plain', undefined]);
  return random.weighted<Effect>([
    of(3, `status ${status}`, NOT_REFUSED, {
      after: (answer) => (answer.status === 400 ? { ...answer, status } : answer),
    }),
    of(3, `${field} ${what}`, 'ER-2', { after: changing(400, (body) => ({ ...body, [field]: value })) }),
    of(2, `a refusal ${framing.replaceAll('-', ' ')}`, 'EP-4', { after: framed(400, frame) }),
    of(1, `a refusal of media type ${type ?? 'none'}`, 'EP-4', { after: typed(type) }),
    ...leavesBehind(random, 4, NOT_REFUSED),
  ]);
}
