import type { Contract } from '../../spec/contract.ts';
import { allCases } from '../cases/all.ts';
import type { Case } from '../cases/case.ts';
import { DEFAULT_SEED, type PropertyPlan } from '../cases/property-plan.ts';
import type { CaseResult } from '../judge/result.ts';
import type { Run } from '../judge/run.ts';
import { judge } from '../runner/judge-case.ts';
import { openRun } from '../runner/operation.ts';
import type { Target } from '../targets/target.ts';

/** The suite's verdict on one server. */
export interface ServerVerdict {
  /** Broken claims, each with the first case that shows it. */
  readonly broken: Readonly<Record<string, string>>;
  /** Cases that could not be judged, with the reason. */
  readonly errors: Readonly<Record<string, string>>;
}

/** What to ask a server under proof. */
export interface Questions {
  /** Default: all cases. */
  readonly cases?: readonly Case[];
  readonly properties: PropertyPlan;
  /** Weakens the suite: replaces the run that judges the cases. */
  readonly loosen?: (run: Run) => Run;
  /** Whether the rest of the cases can be skipped. */
  readonly isEnough?: (verdict: ServerVerdict) => boolean;
}

/** One execution of each property with little shrinking: enough, over all servers, to see which claims properties blame. */
export const FEW: PropertyPlan = { seed: DEFAULT_SEED, runs: 1, shrinks: 4 };

/** With other values for each conforming server, none of which may blame it. */
export const fewWith = (seed: number): PropertyPlan => ({ seed, runs: 3, shrinks: 4 });

/** Some hundreds, because a few requests may not contain the combination. */
export const MANY: PropertyPlan = { seed: DEFAULT_SEED, runs: 200, shrinks: 20 };

/** Runs the cases one after another, so that faults that count answers always affect the same ones. */
export async function judgeServer(contract: Contract, target: Target, questions: Questions): Promise<CaseResult[]> {
  const { cases = allCases, properties, loosen = (run: Run) => run, isEnough } = questions;
  const run = loosen(openRun(contract, target, 'proof', properties));
  const results: CaseResult[] = [];
  for (const testCase of cases) {
    const result = await judge(testCase, run);
    results.push(result);
    if (result.findings.length > 0 && isEnough?.(verdictOf(results)) === true) break;
  }
  return results;
}

/** Broken claims and errors of some results. */
export function verdictOf(results: readonly CaseResult[]): ServerVerdict {
  const broken: Record<string, string> = {};
  const errors: Record<string, string> = {};
  for (const { id, findings, verdict, reason } of results) {
    for (const { claim } of findings) broken[claim] ??= id;
    if (verdict === 'error') errors[id] = reason ?? '';
  }
  return { broken, errors };
}
