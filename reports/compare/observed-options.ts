import { isWhollyTold, OPTION_RULES } from '../../suites/judge/customer/observed-options.ts';
import type { Observation } from '../../suites/judge/result.ts';
import { MOCK_OPTIONS, type MockOptions } from '../../suites/mock/options.ts';
import type { Report } from '../report.ts';
import type { ReportedCase } from '../reported-case.ts';

/** A service's observed behaviour as mock options. */
export interface ObservedOptions {
  readonly mockOptions: Partial<MockOptions>;
  /** Observations without a matching mock option: case id and observation. */
  readonly unmapped: readonly { readonly id: string; readonly observation: string }[];
}

/**
 * Converts a service's observed behaviour to mock options.
 * @param mock a run against the mock: what it does in the same way needs no option, and is not listed as unmapped
 */
export function observedOptions(live: Report, mock: Report): ObservedOptions {
  const seen = new Map(live.cases.flatMap(({ id, observed }) => (observed === undefined ? [] : [[id, observed]])));
  const known = new Map(mock.cases.map(({ id, observed }) => [id, JSON.stringify(observed)]));
  let mockOptions: Partial<MockOptions> = {};
  const mapped = new Set<string>();
  for (const { cases, option } of OPTION_RULES) {
    const own = cases.flatMap((id) => {
      const observed: Observation | undefined = seen.get(id);
      const told = observed && option(observed);
      return told === undefined ? [] : [{ id, observed, option: told }];
    });
    const [first] = own;
    const isAgreed = own.every((one) => JSON.stringify(one.option) === JSON.stringify(first?.option));
    if (first === undefined || !isAgreed) continue;
    mockOptions = { ...mockOptions, ...first.option };
    for (const { id, observed } of own) if (observed && isWhollyTold(observed)) mapped.add(id);
  }
  const { accepting, exceptions } = breaches(live);
  mockOptions = { ...mockOptions, ...accepting };
  // A case that failed because of a broken claim observed the breach.
  const unmapped = live.cases.flatMap(({ id, verdict, observation, observed }) =>
    verdict !== 'observed' || observation === undefined || mapped.has(id) || JSON.stringify(observed) === known.get(id)
      ? []
      : [{ id, observation }],
  );
  return { mockOptions, unmapped: [...unmapped, ...exceptions] };
}

/** Claims that a service breaks by accepting most of what they forbid, and the cases that it refuses nevertheless. */
function breaches({ claims, cases }: Report) {
  const statusOf = ({ exchanges }: ReportedCase) => exchanges.at(-1)?.response?.status ?? 0;
  const broken = Object.entries(MOCK_OPTIONS).flatMap(([name, option]) => {
    const claim = claims.find(({ id }) => 'breaks' in option && id === option.claim);
    if (claim === undefined || (claim.verdict !== 'fail' && claim.verdict !== 'waived')) return [];
    const own = cases.filter(({ id }) => claim.cases.includes(id));
    const refused = own.filter((one) => one.verdict === 'pass' && statusOf(one) >= 400);
    const accepted = own.filter(({ id }) => claim.brokenBy.includes(id));
    return accepted.length > refused.length ? [{ name, refused }] : [];
  });
  return {
    accepting: Object.fromEntries(broken.map(({ name }) => [name, 'accept'])) as Partial<MockOptions>,
    exceptions: broken.flatMap(({ refused }) =>
      refused.map((one) => ({ id: one.id, observation: `refused with ${statusOf(one)}` })),
    ),
  };
}
