import { afterAll, describe, inject, test } from 'vitest';
import { reportCase } from '../../reports/build.ts';
import { failureText } from '../../reports/failure-text.ts';
import { forTerminal } from '../../reports/terminal.ts';
import type { Case } from '../cases/case.ts';
import { judge } from '../judge/judge.ts';
import type { CaseResult } from '../judge/result.ts';
import { workerRun } from './worker-run.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** The case's result, masked; what the reports are made from. */
    result?: CaseResult;
  }
}

/** The server broke a claim, or a case could not be judged. Anything else that a suite throws is a defect of ours. */
class CaseFailure extends Error {
  override readonly name: string;

  constructor(name: 'BrokenClaim' | 'CouldNotJudge', message: string) {
    super(forTerminal(message));
    this.name = name;
    // Where in our code it was thrown says nothing about the server.
    this.stack = `${name}: ${this.message}`;
  }
}

/** Makes vitest tests of cases: one test a case, named by its id and what is tried. */
export function describeCases(title: string, cases: readonly Case[]): void {
  const { target, baseUrl, record } = inject('settings');
  const named = cases.map((testCase) => ({ testCase, name: `${testCase.id}  ${testCase.title}` }));
  describe(`${title} [${inject('judged') ?? target}]`, { concurrent: true }, () => {
    // After each suite, so that a run that breaks off leaves what it has.
    if (record !== undefined) afterAll(async () => (await workerRun()).saveRecording());
    test.for(named)('$name', async ({ testCase }, { task, skip }) => {
      const { run, masked, claims } = await workerRun();
      const result = masked(await judge(testCase, run));
      task.meta.result = result;
      if (result.verdict === 'not-run') skip(result.reason);
      if (result.verdict === 'error') throw new CaseFailure('CouldNotJudge', result.reason ?? 'no reason is known');
      if (result.verdict === 'fail') {
        const reported = reportCase(result, target === 'sandbox' ? baseUrl : undefined);
        throw new CaseFailure('BrokenClaim', failureText(reported, claims));
      }
    });
  });
}
