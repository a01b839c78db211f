import { loadEnvironment } from '../settings/environment.ts';
import { runConformance } from './run-conformance.ts';
import { processIo } from './run-process.ts';

/** `say-not-judged.ts WHY`: writes the reports of a run that did not start, for a process that cannot (until-judged.mjs). */
const [why = ''] = process.argv.slice(2);
try {
  loadEnvironment();
} catch {
  // Report that no run started anyway.
}
process.exitCode = await runConformance(process.env, processIo(), { refused: [why] });
