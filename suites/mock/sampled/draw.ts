import type { OpenAPIV3_1 } from 'openapi-types';
import { readOperation } from '../operation.ts';
import type { Fields } from '../store.ts';
import { acceptedEffect } from './accepted-effects.ts';
import { accessEffect, accessTrigger, letIn } from './access.ts';
import { badRequestEffect, overlooked } from './bad-request-effects.ts';
import { conformingEffect } from './conforming-effects.ts';
import type { Effect } from './effect.ts';
import { fieldEffect } from './field-effects.ts';
import { openFront, show, type Trigger } from './front.ts';
import { mistakeTrigger } from './mistakes.ts';
import { burstTrigger, historyTrigger, positionTrigger } from './moment-triggers.ts';
import { type Random, randomFor } from './random.ts';
import { spellingTrigger } from './spelling-triggers.ts';
import { pairTrigger, shapeTrigger, valueTrigger } from './value-triggers.ts';

/** A random server. */
export interface Sample {
  readonly index: number;
  readonly trigger: Trigger;
  readonly effect: Effect;
  /** Claims that may be blamed; empty for a conforming server. */
  readonly claims: readonly string[];
}

/** An ordinary customer whose values show most changes, for a witness's calls. */
function baseFor(random: Random, effect: Effect): Fields {
  return {
    object_reference_id: `w${random.between(100_000, 999_999)}-Some.body`,
    mobile_number: '9123456789',
    email_address: 'Anna.Lee@mail.Example.com',
    first_name: 'AnnaLee',
    last_name: 'O.Tan',
    mobile_country_code: '65',
    ...effect.needs,
  };
}

function momentTrigger(random: Random): Trigger {
  return random.weighted([
    [3, positionTrigger],
    [4, historyTrigger],
    [3, burstTrigger],
  ])(random);
}

function draw(random: Random): Pick<Sample, 'trigger' | 'effect'> {
  return random.weighted<() => Pick<Sample, 'trigger' | 'effect'>>([
    [
      6,
      () => {
        // A mangled reference leads to another customer; other fields rarely do.
        const trigger = valueTrigger(random);
        return { trigger, effect: acceptedEffect(random, trigger.name.split(' ', 1)[0]) };
      },
    ],
    [
      2,
      () => ({ trigger: random.chance(0.4) ? alwaysTrigger : broadTrigger(random), effect: fieldEffect(random, true) }),
    ],
    [2.5, () => ({ trigger: shapeTrigger(random), effect: acceptedEffect(random) })],
    [1, () => ({ trigger: pairTrigger(random), effect: acceptedEffect(random) })],
    [1.5, () => ({ trigger: spellingTrigger(random), effect: acceptedEffect(random) })],
    [7, () => ({ trigger: momentTrigger(random), effect: acceptedEffect(random) })],
    [
      3,
      () => {
        const isOne = random.chance(0.75);
        const trigger = mistakeTrigger(random, isOne ? 'one kind' : 'any in a field', true);
        return { trigger, effect: overlooked(isOne && random.chance(0.3), trigger.unseen, trigger.claims) };
      },
    ],
    [2.5, () => ({ trigger: mistakeTrigger(random, 'any in a field'), effect: badRequestEffect(random) })],
    [2, () => ({ trigger: accessTrigger(random, true), effect: letIn })],
    [1.5, () => ({ trigger: accessTrigger(random, false), effect: accessEffect(random) })],
    [
      3,
      () => {
        const { on, effect } = conformingEffect(random);
        if (on === 'bad-request') return { trigger: mistakeTrigger(random, 'any in a field'), effect };
        if (on === 'access') return { trigger: accessTrigger(random, false), effect };
        const trigger = random.weighted([
          [3, valueTrigger],
          [2, shapeTrigger],
          [1, spellingTrigger],
          [4, momentTrigger],
        ])(random);
        return { trigger, effect };
      },
    ],
  ])();
}

/** A trigger that does not depend on values. */
function broadTrigger(random: Random): Trigger {
  return random.weighted([
    [2, shapeTrigger],
    [2, momentTrigger],
  ])(random);
}

const alwaysTrigger: Trigger = {
  name: 'any call',
  claims: [],
  fires: ({ is }) => is === 'accepted',
  witness: (fields) => [{ fields }],
};

/** Excludes servers that stop answering or revoke access, because then nothing is judged. */
function isGone({ name: when }: Trigger, { name }: Effect): boolean {
  return when.startsWith('from call ') && /^(?:no answer|refused with 40[13])$/.test(name);
}

/**
 * The server of an index: a trigger and an effect, drawn repeatedly until the trigger's witness shows the effect, because an
 * effect that never happens or changes nothing is not a sample.
 */
export async function sampleAt(seed: number, index: number, document: OpenAPIV3_1.Document): Promise<Sample> {
  const random = randomFor(seed, index);
  const { path } = readOperation(document);
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const { trigger, effect } = draw(random);
    const front = openFront(document, trigger, effect);
    const calls = trigger.witness(baseFor(random, effect));
    await show(front, path, calls);
    const touched = front.touched();
    if (touched === 0 || isGone(trigger, effect)) continue;
    // No answer only breaks a claim if the repeated call gets none either; concurrent calls are all repeated.
    if (effect.name === 'no answer' && trigger.overlaps !== true) {
      await show(front, path, calls.slice(-1));
      if (front.touched() === touched) continue;
    }
    const claims = effect.claims.length === 0 ? [] : [...new Set([...effect.claims, ...trigger.claims])];
    return { index, trigger, effect, claims };
  }
  throw new Error(`sample ${index} of seed ${seed}: no matching trigger and effect in 200 attempts`);
}
