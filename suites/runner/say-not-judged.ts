import { loadEnvironment } from '../settings/environment.ts';
import { runConformance } from './run-conformance.ts';
import { processIo } from './run-process.ts';

/** `say-not-judged.ts WHY`: writes the reports of a run that could not begin, for a process that cannot (until-judged.mjs). */
const [why = ''] = process.argv.slice(2);
try {
  loadEnvironment();
} catch {
  // That no run began is said all the same.
}
process.exitCode = await runConformance(process.env, processIo(), { refused: [why] });
