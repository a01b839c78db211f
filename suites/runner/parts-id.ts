import { createHash } from 'node:crypto';
import type { Environment } from '../settings/values.ts';

/** What pipelines call one run of theirs, whichever of its jobs asks. */
const PIPELINES = [
  ['GITHUB_RUN_ID', 'GITHUB_RUN_ATTEMPT'],
  ['CI_PIPELINE_ID'],
  ['CIRCLE_WORKFLOW_ID'],
  ['BUILDKITE_BUILD_ID'],
  ['BUILD_BUILDID'],
  ['BUILD_TAG'],
] as const;

/**
 * The id that the parts of one run have in common, so that parts of different runs are not joined: of the pipeline, or by
 * hand of the day.
 */
export function idOfParts(env: Environment, now: Date = new Date()): string {
  const [first] = PIPELINES.map((names) => names.map((name) => env[name] ?? '')).filter(([id]) => id !== '');
  const run = first?.join(' ') ?? now.toISOString().slice(0, 10);
  return createHash('sha256').update(run).digest('hex').slice(0, 12);
}
