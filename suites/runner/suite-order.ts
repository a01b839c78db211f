import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What everything rests on comes first; what takes longest comes last, while the reports' libraries are loaded. */
const ORDER = ['success', 'token', 'bad-request', 'access', 'identity', 'observations', 'properties', 'epilogue'];

/** The same order of suites in every run: where a live run's limits leave something out, it is always the same. */
export default class SuiteOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) =>
      ORDER.findIndex((name) => moduleId.endsWith(`/${name}.suite.ts`));
    return [...files].sort((a, b) => place(a) - place(b));
  }
}
