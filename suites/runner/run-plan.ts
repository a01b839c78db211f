import { allCases } from '../cases/all.ts';
import type { Case } from '../cases/case.ts';
import { EXECUTION_AT_MOST, type PropertyPlan } from '../cases/property-plan.ts';
import { headersInWords } from '../settings/headers.ts';
import type { Settings } from '../settings/settings.ts';
import type { Amount } from '../targets/request-budget.ts';
import { needOf } from './case-need.ts';
import { OPERATION } from './operation.ts';
import { inProduction } from './selection.ts';

/** What a live run will do, before it does anything. */
export interface Plan {
  readonly cases: number;
  readonly allCases: number;
  /** Of the cases and the preflight, where nothing fails: a case that does is asked about again, and a broken request repeated. */
  readonly requests: number;
  /** The settings' limit, which holds whatever happens. */
  readonly requestsAtMost: number;
  /** Customers that every run creates anew. */
  readonly newCustomers: number;
  /** Customers that the first run creates and later ones meet again. */
  readonly keptCustomers: number;
  readonly newCustomersAtMost: number;
  /** How long it takes at the configured rate, at least; seconds. Undefined where there is no limit to the rate. */
  readonly seconds: number | undefined;
}

/** Requests of the preflight: an ordinary one, and one with nothing right in it. */
const PREFLIGHT = 2;

/**
 * Calculates what a run with these settings will do.
 * @param selected ids of the cases to run, where the last report says so; null for all of them
 */
export function planOf(settings: Settings, selected: readonly string[] | null = null): Plan {
  const chosen = allCases
    .filter((testCase) => !settings.production || inProduction(testCase))
    .filter(({ id }) => selected?.includes(id) ?? true);
  const sum = (amount: (testCase: Case) => number) => chosen.reduce((total, one) => total + amount(one), 0);
  const accepted = (testCase: Case, customers: Case['customers']) =>
    testCase.customers === customers ? customersOf(testCase, settings) : 0;
  const requests = PREFLIGHT + sum((testCase) => requestsOf(testCase, settings));
  return {
    cases: chosen.length,
    allCases: allCases.length,
    requests,
    requestsAtMost: settings.maxRequests,
    newCustomers: sum((testCase) => accepted(testCase, 'new')),
    // The preflight's own customer is kept too.
    keptCustomers: 1 + sum((testCase) => accepted(testCase, 'kept')),
    newCustomersAtMost: settings.maxNewCustomers,
    seconds: settings.maxRps === 0 ? undefined : Math.ceil(requests / settings.maxRps),
  };
}

function requestsOf(testCase: Case, { properties }: Settings): number {
  return executionsOf(testCase, properties)?.requests ?? needOf(testCase, properties).requests;
}

/** What a property asks for where it holds, at most; undefined for a case whose steps are listed. */
function executionsOf({ property }: Case, plan: PropertyPlan): Amount | undefined {
  if (property === undefined) return undefined;
  const runs = 'off' in plan ? 0 : plan.runs;
  const { requests, customers } = EXECUTION_AT_MOST[property];
  return { requests: runs * requests, customers: runs * customers };
}

/** Customers that a case creates where the server refuses what it has to refuse, and accepts what it may. */
function customersOf(testCase: Case, { properties }: Settings): number {
  const executions = executionsOf(testCase, properties);
  if (executions !== undefined) return executions.customers;
  const { steps } = testCase;
  const references = steps
    .filter(({ expect, owner }) => owner === undefined && (expect === 'accepted' || expect === 'anything'))
    .flatMap((step) => step.calls.map((call) => OPERATION.nameIn(call.fields)));
  return new Set(references).size;
}

/** The plan for a person. It shows neither the key nor the account. */
export function planText(plan: Plan, settings: Settings): string {
  const { cases, requests, requestsAtMost, newCustomers, keptCustomers, newCustomersAtMost, seconds } = plan;
  const lines = [
    `target          ${settings.baseUrl}${settings.production ? '   PRODUCTION: its customers are people' : ''}`,
    `headers         ${headersInWords(settings.headers)}`,
    `cases           ${cases}${cases < plan.allCases ? ` of ${plan.allCases}: ${whichCases(settings)}` : ''}`,
    `properties      ${propertiesInWords(settings)}`,
    `requests        ${requests} where nothing fails; a request that breaks is repeated and a case that fails is asked`,
    `                about again; ${requestsAtMost} at most (JUSPAY_MAX_REQUESTS)`,
    `new customers   ${newCustomers + keptCustomers} on the first run, ${newCustomers} on each later one; ${newCustomersAtMost} at most (JUSPAY_MAX_NEW_CUSTOMERS)`,
    `                they stay: the API has no call to delete a customer`,
    `time            ${
      seconds === undefined ? 'as fast as the server answers (JUSPAY_MAX_RPS=0)' : `${seconds} seconds or more`
    }, at ${settings.maxRps === 0 ? 'any number of' : settings.maxRps} requests a second and ${settings.concurrency} at a time`,
    `                ${settings.maxSeconds} seconds at most (JUSPAY_MAX_SECONDS)`,
    `answers         ${settings.maxAnswerBytes} bytes are read of one at most (JUSPAY_MAX_ANSWER_BYTES)`,
    `report          ${settings.reportDir}: every request and answer; keys, ${OPERATION.accountName}, tokens and other people's data masked`,
    `recording       ${settings.record === undefined ? 'none' : `${settings.record}: the same, to be replayed`}`,
    `waivers         ${settings.waivers === '' ? 'none' : settings.waivers}`,
  ];
  return lines.join('\n');
}

function whichCases({ production, only }: Settings): string {
  const which = [
    ...(only === 'failed' ? ['what the last report failed, could not judge or did not get to'] : []),
    ...(production ? ['refusals, and one customer that is kept'] : []),
  ];
  return which.join('; of these ');
}

/** How far generated calls are tried, and what a counterexample may cost beyond what is calculated. */
function propertiesInWords({ production, properties }: Settings): string {
  if (production) return 'none in production';
  if ('off' in properties) return `none, ${properties.off}`;
  const { runs, shrinks } = properties;
  return `${runs} runs of each; one that fails is tried up to ${shrinks + 1} times more`;
}
