import fc from 'fast-check';
import { messageOf } from '../../spec/setup-error.ts';
import type { Case } from '../cases/case.ts';
import type { PropertyRuns } from '../cases/property-plan.ts';
import type { Stop } from '../judge/no-answer.ts';
import type { CaseResult } from '../judge/result.ts';
import type { Run } from '../judge/run.ts';
import { type Attempt, Conversation, Flawed, type Property, type Talk, Unjudged } from './conversation.ts';

/**
 * No diagnosis during the search: explaining a refusal costs requests, and only that of the shrunk counterexample matters.
 */
const UNEXPLAINED: Run['diagnosis'] = {
  control: async () => 'accepted',
  explain: async () => undefined,
};

/**
 * Tries a property as often as planned. The smallest counterexample, which is the last that failed, is executed once more,
 * with diagnosis, and judged like any other case; if a flaky server does not fail again, the first failure counts.
 */
export async function tryProperty(
  testCase: Case,
  run: Run,
  property: Property,
  { seed, runs, shrinks }: PropertyRuns,
): Promise<CaseResult> {
  const started = performance.now();
  const counts = { executions: 0, customers: 0, requests: 0, retries: 0 };
  let smallest: { readonly talk: Talk; readonly conversation: Conversation } | undefined;
  let stopped: { readonly why: Stop; readonly conversation: Conversation } | undefined;
  let left = shrinks;
  let failedAt: number | undefined;
  let defect: Stop | undefined;

  function open(diagnosis = UNEXPLAINED): Conversation {
    counts.executions += 1;
    const part = `execution ${counts.executions}`;
    return new Conversation(testCase, { ...run, diagnosis, nonce: `${run.nonce} ${counts.executions}`, part });
  }

  function count({ judgement: { calls } }: Conversation): void {
    counts.requests += calls.length;
    counts.retries += calls.reduce((sum, { outcome }) => sum + outcome.retried.length, 0);
    const accepted = calls.filter(({ outcome }) => outcome.kind === 'answer' && outcome.status === 200);
    counts.customers += new Set(accepted.map(({ fields }) => run.operation.nameIn(fields))).size;
  }

  /** Executes talks until there is no answer, a defect of ours, or no shrink left. */
  const attempt: Attempt = async (talk) => {
    if (stopped !== undefined || (smallest !== undefined && left === 0)) return;
    if (smallest !== undefined) left -= 1;
    const conversation = open();
    try {
      await talk(conversation);
      await conversation.end();
    } catch (thrown) {
      if (thrown instanceof Flawed) smallest = { talk, conversation };
      else stopped = { conversation, why: thrown instanceof Unjudged ? thrown.stop : aDefect(thrown) };
      throw thrown;
    } finally {
      count(conversation);
    }
  };

  async function conclusion(): Promise<CaseResult> {
    if (stopped !== undefined) return stopped.conversation.result(stopped.why);
    if (defect !== undefined || failedAt === undefined || smallest === undefined) return open().result(defect);
    const again = open(run.diagnosis);
    await smallest.talk(again).catch((thrown: unknown) => {
      if (!(thrown instanceof Flawed || thrown instanceof Unjudged)) throw thrown;
    });
    count(again);
    return (again.judgement.findings.length > 0 ? again : smallest.conversation).result();
  }

  try {
    const details = await fc.check(property(run, attempt), { seed, numRuns: runs });
    if (details.failed) failedAt = details.numRuns;
  } catch (thrown) {
    // fast-check returns what a property throws; anything that it or a generator throws is a defect of ours.
    defect = aDefect(thrown);
  }
  const found = await conclusion();
  const { customers, requests, retries } = counts;
  const retriesKept = found.exchanges.reduce((sum, { retried }) => sum + retried.length, 0);
  const searched = { requests: requests - found.exchanges.length, retries: retries - retriesKept };
  return {
    ...found,
    // A search ends at the first flaw: if it breaks another claim, this one stays undecided.
    held: found.verdict === 'fail' && found.held === true ? null : found.held,
    tried: { seed, runs, ...(failedAt === undefined ? {} : { failedAt }), ...searched },
    customers: { kept: 0, new: customers },
    ms: performance.now() - started,
  };
}

function aDefect(thrown: unknown): Stop {
  return { verdict: 'error', reason: `a defect of the suite: ${messageOf(thrown)}` };
}
