import { afterAll, beforeAll, describe, test } from 'vitest';
import { reasonInWords } from '../judge/result.ts';
import { type OwnRun, type OwnRunOptions, openRun } from './own-runner.ts';
import { selectCases } from './selection.ts';

/**
 * The suite as tests of a vitest project: one test per case, and the reports at the end. Vitest's exit code is 1 unless the
 * verdict is `conforms`; verdict.json has the run's own exit code.
 * @example
 * import { conformance } from 'juspay-customer-conformance/vitest';
 * conformance();
 */
export function conformance(options: OwnRunOptions = {}): void {
  describe('Get or Create Customer', { concurrent: true }, () => {
    let run: OwnRun | undefined;
    beforeAll(async () => {
      run = await openRun(options);
    });
    test.for(selectCases(options.select ?? {}, { production: false, profile: 'full' }))(
      '$id  $title',
      async ({ id }, { skip }) => {
        const result = await run?.judge(id);
        if (result === undefined) return;
        const { verdict } = result;
        if (verdict === 'not-run' || verdict === 'waived') skip(reasonInWords(result));
        if (verdict === 'error') throw new Error(`could not judge: ${reasonInWords(result)}`);
        if (verdict === 'fail') throw new Error(run?.explain(result));
      },
    );
    afterAll(async () => {
      const ended = await run?.end();
      // Reasons beyond the cases: a stale waiver, an interrupted run.
      if (ended !== undefined && ended.exitCode !== 0) throw new Error(ended.report.summary);
    });
  });
}
