import type { Report } from '../../reports/report.ts';
import type { Environment } from '../settings/values.ts';
import type { Judge } from './open-judge.ts';
import type { ReportFolder } from './report-folder.ts';
import type { RunInputs } from './run-inputs.ts';
import type { RunIo } from './run-io.ts';
import type { Begun } from './run-record.ts';

/** The parts of a run. */
export interface Parts extends Judge {
  readonly env: Environment;
  readonly io: RunIo;
  readonly inputs: RunInputs;
  readonly begun: Begun;
  readonly baseline: Report | undefined;
  readonly folder: ReportFolder;
}
