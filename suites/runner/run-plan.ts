import { allCases } from '../cases/all.ts';
import type { Case } from '../cases/case.ts';
import { EXECUTION_AT_MOST } from '../cases/property-plan.ts';
import { headersInWords } from '../settings/headers.ts';
import type { Settings } from '../settings/settings.ts';
import type { Amount } from '../targets/admission.ts';
import { OPERATION } from './operation.ts';
import { isRefusedAlone } from './selection.ts';

/** Requests of the preflight: an ordinary one, and one with everything wrong. */
const PREFLIGHT = 2;

/** What a live run of these cases will do, as text without key and account. */
export function planText(settings: Settings, cases: readonly Case[]): string {
  const { production, maxRps, concurrency } = settings;
  const amounts = cases.map((testCase) => ({ ...amountOf(testCase, settings), kind: testCase.customers }));
  const created = (customers: Case['customers']) =>
    amounts.reduce((sum, one) => sum + (one.kind === customers ? one.customers : 0), 0);
  // The end of the run checks whether the last refusals prove anything.
  const last = cases.findLast(({ property }) => property === undefined);
  const atTheEnd = last !== undefined && isRefusedAlone(last) ? 1 : 0;
  // Of the cases and the preflight; failures cause retries and further calls.
  const requests = amounts.reduce((sum, one) => sum + one.requests, PREFLIGHT + atTheEnd);
  const newCustomers = created('new');
  // Later runs reuse the kept ones, and the preflight's.
  const atFirst = newCustomers + 1 + created('kept');
  const which = cases.length < allCases.length ? ` of ${allCases.length}: ${whichCases(settings)}` : '';
  const time =
    maxRps === 0
      ? 'as fast as the server answers (JUSPAY_MAX_RPS=0), at any number of'
      : `${Math.ceil(requests / maxRps)} seconds or more, at ${maxRps}`;
  const lines = [
    `target          ${settings.baseUrl}${production ? '   PRODUCTION: its customers are real people' : ''}`,
    `headers         ${headersInWords(settings.headers)}`,
    `cases           ${cases.length}${which}`,
    `properties      ${propertiesInWords(settings)}`,
    `requests        ${requests} if nothing fails, plus retries and calls to explain failures;`,
    `                at most ${settings.maxRequests} (JUSPAY_MAX_REQUESTS)`,
    `new customers   ${atFirst} on the first run, ${newCustomers} on each later one; at most ${settings.maxNewCustomers} (JUSPAY_MAX_NEW_CUSTOMERS)`,
    `                they cannot be deleted: the API has no call for it`,
    `time            ${time} requests per second and ${concurrency} at a time`,
    `                at most ${settings.maxSeconds} seconds (JUSPAY_MAX_SECONDS)`,
    `answers         at most ${settings.maxAnswerBytes} bytes each (JUSPAY_MAX_ANSWER_BYTES)`,
    `report          ${settings.reportDir}: every request and answer; keys, ${OPERATION.accountName}, tokens and other people's data masked`,
    `recording       ${settings.record === undefined ? 'none' : `${settings.record}: the same, for replays`}`,
    `waivers         ${settings.waivers === '' ? 'none' : settings.waivers}`,
  ];
  return lines.join('\n');
}

/** What a case uses if the server refuses what it must refuse, and accepts the rest; a property, at most, if it holds. */
function amountOf({ steps, property }: Case, { properties }: Settings): Amount {
  if (property !== undefined) {
    const runs = 'off' in properties ? 0 : properties.runs;
    const { requests, customers } = EXECUTION_AT_MOST[property];
    return { requests: runs * requests, customers: runs * customers };
  }
  const references = steps
    .filter(({ expect, owner }) => owner === undefined && (expect === 'accepted' || expect === 'anything'))
    .flatMap((step) => step.calls.map((call) => OPERATION.nameIn(call.fields)));
  return { requests: steps.flatMap(({ calls }) => calls).length, customers: new Set(references).size };
}

function whichCases({ production, only }: Settings): string {
  const which = [
    ...(only === 'failed' ? ['what the last report failed, could not judge or did not run'] : []),
    ...(production ? ['refused calls, and one customer'] : []),
  ];
  return which.join('; of these ');
}

/** How often properties are tried, and the maximum extra cost of a counterexample. */
function propertiesInWords({ production, properties }: Settings): string {
  if (production) return 'none in production';
  if ('off' in properties) return `none: ${properties.off}`;
  const { runs, shrinks } = properties;
  return `${runs} runs of each; a failing one is tried up to ${shrinks + 1} more times`;
}
