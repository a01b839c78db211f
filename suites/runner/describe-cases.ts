import { afterAll, describe, inject, test } from 'vitest';
import { reportCase } from '../../reports/build.ts';
import { NOT_SELECTED } from '../../reports/report.ts';
import { forTerminal } from '../../reports/terminal.ts';
import { failureText } from '../../reports/views/failure-text.ts';
import type { Case } from '../cases/case.ts';
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
  const { target, baseUrl } = inject('shown');
  const { record } = inject('settings');
  const selected = inject('selected');
  const what = target.recording === undefined ? target.kind : `replay of ${target.recording.recorded.slice(0, 10)}`;
  const named = cases.map((testCase) => ({ testCase, name: `${testCase.id}  ${testCase.title}` }));
  describe(`${title} [${what}]`, { concurrent: true }, () => {
    // After each suite, so that a run that breaks off leaves what it has.
    if (record !== undefined) afterAll(async () => (await workerRun()).saveRecording());
    test.for(named)('$name', async ({ testCase }, { task, skip }) => {
      if (selected !== null && !selected.includes(testCase.id)) skip(NOT_SELECTED);
      const { judged, mask, claims } = await workerRun();
      const result = await judged(testCase).catch((thrown: unknown) => {
        throw maskedDefect(thrown, mask);
      });
      task.meta.result = result;
      if (result.verdict === 'not-run' || result.verdict === 'waived') skip(result.reason);
      if (result.verdict === 'error') throw new CaseFailure('CouldNotJudge', result.reason ?? 'no reason is known');
      if (result.verdict === 'fail') {
        const reported = reportCase(result, baseUrl);
        throw new CaseFailure('BrokenClaim', failureText(reported, claims));
      }
    });
  });
}

/** A defect of ours may quote what a server sent. */
function maskedDefect(thrown: unknown, mask: (text: string) => string): Error {
  const { message, stack } = thrown instanceof Error ? thrown : new Error(String(thrown));
  const defect = new Error(forTerminal(mask(message)));
  defect.stack = forTerminal(mask(stack ?? message));
  return defect;
}
