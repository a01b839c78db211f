import type { Definition } from './command.ts';
import { compare } from './compare.ts';
import { explain } from './explain.ts';
import { fidelity } from './fidelity.ts';
import { grade } from './grade.ts';
import { mock } from './mock.ts';
import { pin } from './pin.ts';
import { plan } from './plan.ts';
import { prove } from './prove.ts';
import { report } from './report.ts';
import { run } from './run.ts';
import { waive } from './waive.ts';

/** The sub-commands, in the order of the help. */
export const COMMANDS: readonly Definition[] = [
  run,
  plan,
  report,
  explain,
  compare,
  waive,
  pin,
  grade,
  fidelity,
  prove,
  mock,
];
