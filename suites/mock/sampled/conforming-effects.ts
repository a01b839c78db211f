import { TOKEN_OPTION } from '../steps.ts';
import { VARIANTS } from '../variants/all.ts';
import type { Variant } from '../variants/variant.ts';
import { changing, type Effect } from './effect.ts';
import type { Random } from './random.ts';

function free(name: string, hooks: Pick<Effect, 'after' | 'before'>): Effect {
  return { name, claims: [], ...hooks };
}

/** The variants that only rewrite answers, which a server may do with some of its answers as well as with all. */
const REWRITING = VARIANTS.filter(({ patch }) => Object.keys(patch()).join() === 'rewrite');

function openFor(isMeant: (claim: string) => boolean): readonly Variant[] {
  return REWRITING.filter(({ open }) => isMeant(open));
}

const OF_REFUSALS = openFor((claim) => claim === 'AU-5');
const OF_ERRORS = openFor((claim) => claim === 'ER-3');
const OF_ACCEPTED = openFor((claim) => claim !== 'AU-5' && claim !== 'ER-3');

function effectOf({ name, patch }: Variant): Effect {
  const { rewrite } = patch();
  return free(name, { after: (answer, { request }) => rewrite?.(answer, request) ?? answer });
}

function times(name: string, spell: (text: string) => string): Effect {
  return free(`times ${name}`, {
    after: changing(200, (body) => ({
      ...body,
      date_created: spell(String(body['date_created'])),
      last_updated: spell(String(body['last_updated'])),
    })),
  });
}

const offset = (text: string, hours: number, spelled: string) =>
  new Date(Date.parse(text) + hours * 3_600_000).toISOString().replace('Z', spelled);

/** What a server may do with some accepted calls, beside the variants. */
const FURTHER: readonly Effect[] = [
  free('last_updated moves on', {
    after: changing(200, (body, _, { strikes }) => ({
      ...body,
      last_updated: offset(String(body['last_updated']), strikes / 3600, 'Z'),
    })),
  }),
  times('with microseconds', (text) => text.replace('Z', '.084947Z')),
  times('with -00:00', (text) => text.replace('Z', '-00:00')),
  times('of India', (text) => offset(text, 5.5, '+05:30')),
  times('of New York', (text) => offset(text, -5, '-05:00')),
  times('in lowercase', (text) => text.toLowerCase()),
  free('later data taken over', {
    before({ fields, exists }, { store }) {
      const reference = fields['object_reference_id'] ?? '';
      const known = store.get(reference);
      if (!exists || known === undefined) return false;
      const { [TOKEN_OPTION]: _, ...data } = fields;
      store.set(reference, { ...known, fields: { ...known.fields, ...data } });
      return true;
    },
  }),
  free('the token before again', {
    after: changing(200, (body, { fields }, { kept }) => {
      const key = `token of ${fields['object_reference_id']}`;
      if (typeof body['juspay'] !== 'object' || body['juspay'] === null) return body;
      if (!kept.has(key)) kept.set(key, body['juspay']);
      return { ...body, juspay: kept.get(key) };
    }),
  }),
];

interface OnCalls {
  readonly on: 'accepted' | 'bad-request' | 'access';
  readonly effect: Effect;
}

/** A permitted deviation, and the kind of calls for it. */
export function conformingEffect(random: Random): OnCalls {
  return random.weighted<() => OnCalls>([
    [3, () => ({ on: 'accepted', effect: effectOf(random.pick(OF_ACCEPTED)) })],
    [2, () => ({ on: 'accepted', effect: random.pick(FURTHER) })],
    [1, () => ({ on: 'access', effect: effectOf(random.pick(OF_REFUSALS)) })],
    [1.5, () => ({ on: 'bad-request', effect: effectOf(random.pick(OF_ERRORS)) })],
  ])();
}
