import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The basics first; the slowest last, while the reports' libraries are loading. */
const ORDER = ['success', 'token', 'bad-request', 'access', 'identity', 'observations', 'properties', 'epilogue'];

/** A fixed order of suites, so that the limits of a live run always leave out the same ones. */
export default class SuiteOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) =>
      ORDER.findIndex((name) => moduleId.endsWith(`/${name}.suite.ts`));
    return [...files].sort((a, b) => place(a) - place(b));
  }
}
