import { VARIANTS } from '../variants/all.ts';
import type { Variant } from '../variants/variant.ts';
import type { Effect } from './effect.ts';
import type { Random } from './random.ts';

/** Variants that change more than how answers are written, but may change from call to call anyway. */
const MIXABLE = ['later-data-taken-over', 'token-reused', 'last-updated-moves', 'unsent-fields-null'];

/** What a server may do with some of its answers as well as with all. */
const MIXED = VARIANTS.filter(({ name, patch }) => {
  const { rewrite, steps = {}, ...others } = patch();
  const changed = [...Object.keys(steps), ...Object.keys(others)];
  return MIXABLE.includes(name) || changed.every((step) => step === 'time');
});

function effectsFor(isMeant: (claim: string) => boolean): readonly Effect[] {
  return MIXED.filter(({ open }) => isMeant(open)).map(({ name, patch }: Variant) => ({
    ...{ name, claims: [] },
    instead: ({ request }, { answerAs }) => answerAs(patch, request),
  }));
}

const OF_REFUSALS = effectsFor((claim) => claim === 'AU-5');
const OF_ERRORS = effectsFor((claim) => claim === 'ER-3');
const OF_ACCEPTED = effectsFor((claim) => claim !== 'AU-5' && claim !== 'ER-3');

interface OnCalls {
  readonly on: 'accepted' | 'bad-request' | 'access';
  readonly effect: Effect;
}

/** A permitted deviation, and the kind of calls for it. */
export function conformingEffect(random: Random): OnCalls {
  return random.weighted<() => OnCalls>([
    [5, () => ({ on: 'accepted', effect: random.pick(OF_ACCEPTED) })],
    [1, () => ({ on: 'access', effect: random.pick(OF_REFUSALS) })],
    [1.5, () => ({ on: 'bad-request', effect: random.pick(OF_ERRORS) })],
  ])();
}
