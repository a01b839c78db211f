import { allCases } from '../cases/all.ts';
import type { Case } from '../cases/case.ts';
import { EXECUTION_AT_MOST, type PropertyPlan } from '../cases/property-plan.ts';
import { headersInWords } from '../settings/headers.ts';
import type { Settings } from '../settings/settings.ts';
import type { Amount } from '../targets/request-budget.ts';
import { needOf } from './case-need.ts';
import { OPERATION } from './operation.ts';
import { inProduction, isRefusedAlone } from './selection.ts';

/** What a live run will do. */
export interface Plan {
  readonly cases: number;
  readonly allCases: number;
  /** Of the cases and the preflight if nothing fails; failures cause retries and further calls. */
  readonly requests: number;
  /** The configured limit. */
  readonly requestsAtMost: number;
  /** Customers that every run creates. */
  readonly newCustomers: number;
  /** Customers that the first run creates and later ones reuse. */
  readonly keptCustomers: number;
  readonly newCustomersAtMost: number;
  /** Minimum duration at the configured rate in seconds. Undefined without a rate limit. */
  readonly seconds: number | undefined;
}

/** Requests of the preflight: an ordinary one, and one with everything wrong. */
const PREFLIGHT = 2;

/**
 * Calculates what a run with these settings will do.
 * @param selected ids of the cases to run, if the last report selects them; null for all
 */
export function planOf(settings: Settings, selected: readonly string[] | null = null): Plan {
  const chosen = allCases
    .filter((testCase) => !settings.production || inProduction(testCase))
    .filter(({ id }) => selected?.includes(id) ?? true);
  const sum = (amount: (testCase: Case) => number) => chosen.reduce((total, one) => total + amount(one), 0);
  const accepted = (testCase: Case, customers: Case['customers']) =>
    testCase.customers === customers ? customersOf(testCase, settings) : 0;
  // The end of the run checks whether the last refusals prove anything.
  const more = chosen.findLast(({ property }) => property === undefined);
  const atTheEnd = more !== undefined && isRefusedAlone(more) ? 1 : 0;
  const requests = PREFLIGHT + atTheEnd + sum((testCase) => requestsOf(testCase, settings));
  return {
    cases: chosen.length,
    allCases: allCases.length,
    requests,
    requestsAtMost: settings.maxRequests,
    newCustomers: sum((testCase) => accepted(testCase, 'new')),
    // Including the preflight's customer.
    keptCustomers: 1 + sum((testCase) => accepted(testCase, 'kept')),
    newCustomersAtMost: settings.maxNewCustomers,
    seconds: settings.maxRps === 0 ? undefined : Math.ceil(requests / settings.maxRps),
  };
}

function requestsOf(testCase: Case, { properties }: Settings): number {
  return executionsOf(testCase, properties)?.requests ?? needOf(testCase, properties).requests;
}

/** Maximum requests of a property that holds; undefined for a case with listed steps. */
function executionsOf({ property }: Case, plan: PropertyPlan): Amount | undefined {
  if (property === undefined) return undefined;
  const runs = 'off' in plan ? 0 : plan.runs;
  const { requests, customers } = EXECUTION_AT_MOST[property];
  return { requests: runs * requests, customers: runs * customers };
}

/** Customers that a case creates if the server refuses what it must refuse, and accepts the rest. */
function customersOf(testCase: Case, { properties }: Settings): number {
  const executions = executionsOf(testCase, properties);
  if (executions !== undefined) return executions.customers;
  const { steps } = testCase;
  const references = steps
    .filter(({ expect, owner }) => owner === undefined && (expect === 'accepted' || expect === 'anything'))
    .flatMap((step) => step.calls.map((call) => OPERATION.nameIn(call.fields)));
  return new Set(references).size;
}

/** The plan as text, without key and account. */
export function planText(plan: Plan, settings: Settings): string {
  const { cases, requests, requestsAtMost, newCustomers, keptCustomers, newCustomersAtMost, seconds } = plan;
  const lines = [
    `target          ${settings.baseUrl}${settings.production ? '   PRODUCTION: its customers are real people' : ''}`,
    `headers         ${headersInWords(settings.headers)}`,
    `cases           ${cases}${cases < plan.allCases ? ` of ${plan.allCases}: ${whichCases(settings)}` : ''}`,
    `properties      ${propertiesInWords(settings)}`,
    `requests        ${requests} if nothing fails, plus retries and calls to explain failures;`,
    `                at most ${requestsAtMost} (JUSPAY_MAX_REQUESTS)`,
    `new customers   ${newCustomers + keptCustomers} on the first run, ${newCustomers} on each later one; at most ${newCustomersAtMost} (JUSPAY_MAX_NEW_CUSTOMERS)`,
    `                they cannot be deleted: the API has no call for it`,
    `time            ${
      seconds === undefined ? 'as fast as the server answers (JUSPAY_MAX_RPS=0)' : `${seconds} seconds or more`
    }, at ${settings.maxRps === 0 ? 'any number of' : settings.maxRps} requests per second and ${settings.concurrency} at a time`,
    `                at most ${settings.maxSeconds} seconds (JUSPAY_MAX_SECONDS)`,
    `answers         at most ${settings.maxAnswerBytes} bytes each (JUSPAY_MAX_ANSWER_BYTES)`,
    `report          ${settings.reportDir}: every request and answer; keys, ${OPERATION.accountName}, tokens and other people's data masked`,
    `recording       ${settings.record === undefined ? 'none' : `${settings.record}: the same, for replays`}`,
    `waivers         ${settings.waivers === '' ? 'none' : settings.waivers}`,
  ];
  return lines.join('\n');
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
