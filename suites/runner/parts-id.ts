import { createHash } from 'node:crypto';
import type { Environment } from '../settings/values.ts';

/** Variables with the id of a pipeline run, the same in all its jobs. */
const PIPELINES = [
  ['GITHUB_RUN_ID', 'GITHUB_RUN_ATTEMPT'],
  ['CI_PIPELINE_ID'],
  ['CIRCLE_WORKFLOW_ID'],
  ['BUILDKITE_BUILD_ID'],
  ['BUILD_BUILDID'],
  ['BUILD_TAG'],
] as const;

/**
 * The common id of the parts of one run, so that parts of different runs are not joined: from the pipeline, or else the date.
 */
export function idOfParts(env: Environment, now: Date = new Date()): string {
  const [first] = PIPELINES.map((names) => names.map((name) => env[name] ?? '')).filter(([id]) => id !== '');
  const run = first?.join(' ') ?? now.toISOString().slice(0, 10);
  return createHash('sha256').update(run).digest('hex').slice(0, 12);
}
