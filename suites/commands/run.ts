import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { SetupError } from '../../spec/setup-error.ts';
import { EXAMPLE } from '../cases/example-ids.ts';
import type { Selection } from '../runner/selection.ts';
import type { Definition, Options } from './command.ts';
import { environmentOf, readShard, SETTING_FLAGS, SETTINGS } from './setting-flags.ts';

export const run: Definition = {
  name: 'run',
  summary: 'Judges a server and writes the reports. The default command.',
  options: [
    ['-t, --pattern <text>', 'only the cases whose id or title matches this regular expression'],
    ['--claim <id>', 'only the cases of this claim; may be repeated', 'repeatable'],
    ['--case <id>', 'only this case; may be repeated', 'repeatable'],
    ['--shard <part>', 'only a part of the cases, for parallel jobs: 1/3, 2/3, 3/3; `report` merges the reports'],
    ['--list', 'print the selected cases, and send nothing'],
    ['--watch', 'judge again whenever a source file of the suite changes'],
    ...SETTING_FLAGS,
  ],
  examples: [
    '',
    'run --target live --base-url https://sandbox.juspay.in',
    `run --claim ${EXAMPLE.claim}`,
    'run --target replay --recording recordings/sandbox.har',
  ],
  variables: SETTINGS,
  exitCodes:
    '0 conforms: every claim that was judged passes, or its deviation is waived; 1 does not conform: the server broke a ' +
    'claim; 2 could not judge: wrong settings, no answer, access refused, nothing passed, interrupted',
  async run(_, options) {
    if (options['watch'] === true) return watch();
    if (options['list'] === true) return list(selectionOf(options));
    const { runConformance } = await import('../runner/run-conformance.ts');
    const { ownProcess, processIo } = await import('../runner/run-process.ts');
    const owned = ownProcess();
    try {
      const env = environmentOf(options);
      return await runConformance(env, processIo(), { select: selectionOf(options) }, owned);
    } catch (thrown) {
      if (!(thrown instanceof SetupError)) throw thrown;
      // Let the run refuse it, so that no older report is mistaken for this run's.
      return await runConformance(process.env, processIo(), { refused: [thrown.message] }, owned);
    }
  },
};

/** @throws SetupError if an option is invalid */
function selectionOf({ pattern, claim, case: ids, shard }: Options): Selection {
  return {
    ...(pattern === undefined ? {} : { pattern: readPattern(String(pattern)) }),
    ...(Array.isArray(claim) ? { claims: claim.map(String) } : {}),
    ...(Array.isArray(ids) ? { ids: ids.map(String) } : {}),
    ...(shard === undefined ? {} : { shard: readShard(String(shard)) }),
  };
}

function readPattern(text: string): RegExp {
  try {
    return new RegExp(text, 'i');
  } catch {
    throw new SetupError(
      `--pattern is ${JSON.stringify(text)}: expected a regular expression, as in "${EXAMPLE.pattern}"`,
    );
  }
}

async function list(select: Selection): Promise<number> {
  const { selectCases } = await import('../runner/selection.ts');
  const lines = selectCases(select, { production: false, profile: 'full' }).map(({ id, title }) => `${id}  ${title}`);
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

/** Uses Node.js's own --watch, which restarts a process when a loaded file changes. */
async function watch(): Promise<number> {
  const args = process.argv.slice(1).filter((argument) => argument !== '--watch');
  const child = spawn(process.execPath, ['--watch', ...process.execArgv, ...args], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 2;
}
