import type { MockOptions } from '../../suites/mock/options.ts';
import type { Report } from '../report.ts';

/** What a service was seen to do, as settings of the mock. */
export interface ObservedOptions {
  readonly mockOptions: Partial<MockOptions>;
  /** Observations that no setting of the mock stands for: case id, and what was seen. */
  readonly unmapped: readonly { readonly id: string; readonly observation: string }[];
}

type Setting = Partial<MockOptions> | undefined;

/** Observations to settings; a rule that gets more than one case needs them to agree. */
const RULES: readonly { readonly cases: readonly string[]; readonly setting: (seen: string) => Setting }[] = [
  { cases: ['EP-3/json-body'], setting: (seen) => acceptance(seen, 'jsonBody') },
  { cases: ['EP-5/text-plain', 'EP-5/no-media-type'], setting: (seen) => acceptance(seen, 'otherMediaType') },
  { cases: ['EP-6/without-version'], setting: (seen) => acceptance(seen, 'unversionedPath') },
  { cases: ['AU-5/no-credentials', 'AU-5/wrong-key'], setting: (seen) => refusal(seen, 'keyRefusal') },
  { cases: ['AU-5/no-merchant'], setting: (seen) => refusal(seen, 'merchantRefusal') },
  { cases: ['AU-5/key-without-colon'], setting: (seen) => acceptance(seen, 'keyWithoutColon') },
  { cases: ['AU-6/password'], setting: (seen) => acceptance(seen, 'password') },
  { cases: ['AU-6/other-merchant'], setting: (seen) => acceptance(seen, 'otherMerchant') },
  {
    cases: ['RQ-18/unknown-field'],
    setting: (seen) =>
      choose(
        seen,
        [/^accepted with 200$/, { unknownFields: 'ignore' }],
        [/^refused with 400,/, { unknownFields: 'refuse' }],
      ),
  },
  {
    cases: ['RS-7/customer-id-field'],
    setting: (seen) =>
      choose(
        seen,
        [/^absent$/, { customerIdField: 'absent' }],
        [/^Customer_id holds the reference$/, { customerIdField: 'present' }],
      ),
  },
  { cases: ['RS-8/unsent-fields'], setting: unsent },
  {
    cases: ['GC-5/other-data'],
    setting: (seen) =>
      choose(
        seen,
        [/^the first data kept$/, { laterCall: 'keep' }],
        [/^updated to the later data$/, { laterCall: 'update' }],
      ),
  },
  {
    cases: ['GC-6/letter-case'],
    setting: (seen) =>
      choose(seen, [/^two customers$/, { referenceCase: 'distinct' }], [/^one customer$/, { referenceCase: 'same' }]),
  },
  {
    cases: ['TK-7/reuse'],
    setting: (seen) =>
      choose(seen, [/^a new token each time$/, { tokens: 'new' }], [/^the same token again$/, { tokens: 'reuse' }]),
  },
  {
    cases: ['TK-7/lifetime'],
    setting: (seen) => {
      const seconds = Number(/^about (\d+) seconds$/.exec(seen)?.[1] ?? 0);
      return seconds > 0 ? { tokenLifetime: seconds } : undefined;
    },
  },
];

/**
 * Turns what a service was seen to do into settings of the mock.
 * @param mock a run of the mock: what it does in the same way needs no setting and is not listed as unmapped
 */
export function observedOptions(live: Report, mock: Report): ObservedOptions {
  const seen = observationsOf(live);
  const known = observationsOf(mock);
  let mockOptions: Partial<MockOptions> = {};
  const mapped = new Set<string>();
  for (const { cases, setting } of RULES) {
    const settings = cases.flatMap((id) => (seen.has(id) ? [setting(seen.get(id) ?? '')] : []));
    const [first] = settings;
    if (first === undefined || settings.some((other) => JSON.stringify(other) !== JSON.stringify(first))) continue;
    mockOptions = { ...mockOptions, ...first };
    for (const id of cases) if (isWhollyTold(seen.get(id) ?? '')) mapped.add(id);
  }
  const unmapped = [...seen]
    .filter(([id, observation]) => !mapped.has(id) && observation !== known.get(id))
    .map(([id, observation]) => ({ id, observation }));
  return { mockOptions, unmapped };
}

function observationsOf({ cases }: Report): Map<string, string> {
  return new Map(cases.flatMap(({ id, observation }) => (observation === undefined ? [] : [[id, observation]])));
}

/** The mock's refusals are JSON; that a service's are something else, no setting says. */
function isWhollyTold(seen: string): boolean {
  return !seen.startsWith('refused with') || seen.endsWith(', application/json');
}

type Acceptance = 'jsonBody' | 'otherMediaType' | 'unversionedPath' | 'keyWithoutColon' | 'password' | 'otherMerchant';

function acceptance(seen: string, name: Acceptance): Setting {
  return choose(seen, [/^accepted with 200$/, { [name]: 'accept' }], [/^refused with 4\d\d,/, { [name]: 'refuse' }]);
}

function refusal(seen: string, name: 'keyRefusal' | 'merchantRefusal'): Setting {
  const status = /^refused with (4\d\d),/.exec(seen)?.[1];
  return status === undefined ? undefined : { [name]: Number(status) };
}

function unsent(seen: string): Setting {
  const kinds = new Set(seen.split(', ').map((part) => part.split(' ')[1]));
  const [kind] = kinds;
  return kinds.size === 1 && (kind === 'absent' || kind === 'empty' || kind === 'null') ? { unsent: kind } : undefined;
}

function choose(seen: string, ...choices: readonly (readonly [RegExp, Setting])[]): Setting {
  return choices.find(([form]) => form.test(seen))?.[1];
}
