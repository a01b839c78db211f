import type { Contract } from '../../spec/contract.ts';
import { allCases } from '../cases/all.ts';
import { judge } from '../judge/judge.ts';
import type { CaseResult } from '../judge/result.ts';
import { openRun } from '../judge/run.ts';
import type { Mock } from '../mock/mock.ts';
import type { HttpOutcome, Target } from '../targets/target.ts';

/** The keys of servers under proof. */
export const PROOF_KEY = 'proof_Key_0001';
export const PROOF_MERCHANT = 'proof_merchant';

const ENCODER = new TextEncoder();

/** A target that is a mock, asked without the network and without msw: the proof asks some hundred thousand times. */
export function directTarget(mock: Mock): Target {
  return {
    kind: 'mock',
    host: 'proof',
    apiKey: PROOF_KEY,
    merchantId: PROOF_MERCHANT,
    async send(request): Promise<HttpOutcome> {
      const { status, headers, body } = await mock.answer(request);
      const bytes = typeof body === 'string' ? ENCODER.encode(body) : body;
      return { kind: 'answer', status, headers, body: bytes, retried: [], ms: 0 };
    },
    close: async () => {},
  };
}

/** What the suite said of one server. */
export interface ServerVerdict {
  /** Broken claims, each with the first case that shows it. */
  readonly broken: Readonly<Record<string, string>>;
  /** Cases that could not be judged, with the reason. */
  readonly errors: Readonly<Record<string, string>>;
}

/** Asks a server every case, one after the other, so that faults that count answers always meet the same ones. */
export async function judgeServer(contract: Contract, target: Target): Promise<ServerVerdict> {
  const run = openRun(contract, target, 'proof');
  const results: CaseResult[] = [];
  for (const testCase of allCases) results.push(await judge(testCase, run));
  return verdictOf(results);
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
