import { SetupError } from '../../spec/setup-error.ts';
import { allCases } from '../cases/all.ts';
import type { Case } from '../cases/case.ts';
import { SMOKE_CASES } from '../cases/smoke.ts';
import type { Settings } from '../settings/settings.ts';
import { OPERATION } from './operation.ts';

/** Selects cases. An omitted criterion selects all. */
export interface Selection {
  readonly ids?: readonly string[];
  readonly claims?: readonly string[];
  /** Matched against id and title, joined by two spaces as in vitest's test names. */
  readonly pattern?: RegExp;
  /** Part `index` of `count` of the cases selected otherwise; from 1. */
  readonly shard?: { readonly index: number; readonly count: number };
}

/** The only case that creates a customer in production; later runs reuse the customer. */
const PRODUCTION_CUSTOMER = OPERATION.productionCase;

/** Whether a case may run against a production host: all its calls must be refused, or it is the one exception. */
function inProduction(testCase: Case): boolean {
  return testCase.id === PRODUCTION_CUSTOMER || (testCase.customers === 'kept' && isRefusedAlone(testCase));
}

/** Whether all calls of a case must be refused. */
export function isRefusedAlone({ steps, property }: Case): boolean {
  return property === undefined && steps.every(({ expect }) => expect === 'bad-request' || expect === 'refused');
}

/**
 * Selects the cases of a run.
 * @param failed ids to repeat, for JUSPAY_ONLY=failed
 * @throws SetupError if an id or a claim does not exist, or nothing is selected
 */
export function selectCases(
  selection: Selection,
  { production, profile }: Pick<Settings, 'production' | 'profile'>,
  failed?: readonly string[],
): readonly Case[] {
  const { ids, claims, pattern, shard } = selection;
  const unknown = [
    ...(ids ?? []).filter((id) => !allCases.some((one) => one.id === id)).map((id) => `there is no case ${id}`),
    ...(claims ?? []).filter((id) => !allCases.some((one) => one.claim === id)).map((id) => `no case is about ${id}`),
  ];
  if (unknown.length > 0) throw new SetupError(unknown.join('; '), unknown);
  const selected = allCases
    .filter((one) => !production || inProduction(one))
    .filter(({ id }) => profile === 'full' || SMOKE_CASES.has(id))
    .filter(({ id }) => failed?.includes(id) ?? true)
    .filter(({ id }) => ids?.includes(id) ?? true)
    .filter(({ claim }) => claims?.includes(claim) ?? true)
    .filter(({ id, title }) => pattern === undefined || `${id}  ${title}`.search(pattern) >= 0);
  const part = shard === undefined ? selected : partOf(selected, shard);
  if (part.length === 0) throw new SetupError('no case is selected: nothing would be judged');
  return part;
}

/** Every count-th case, so that each part has cases of every suite; cases that reuse customers go with their owners. */
function partOf(cases: readonly Case[], { index, count }: NonNullable<Selection['shard']>): readonly Case[] {
  const leaders = new Map<string, string>();
  for (const { id, steps } of cases) {
    const [leader, ...others] = steps.flatMap(({ knownForMs, owner }) =>
      knownForMs !== undefined && owner !== undefined ? [owner.id] : [],
    );
    if (leader !== undefined) for (const follower of [...others, id]) leaders.set(follower, leader);
  }
  const places = new Map(cases.map(({ id }, place) => [id, place]));
  return cases.filter(({ id }) => (places.get(leaders.get(id) ?? id) ?? 0) % count === index - 1);
}
