import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Options } from '../commands/command.ts';
import { waiveText } from '../commands/waive.ts';
import { runHere } from '../fixtures/run-here.ts';
import { startSandboxServer } from '../fixtures/sandbox-server.ts';
import { liveVariables, newFolder, removeFolders } from '../fixtures/spawned-run.ts';

/** What the README shows of a first sandbox run, step by step. */
export interface FirstRun {
  readonly refused: string;
  readonly deviations: string;
  readonly waivers: string;
  readonly green: string;
  readonly changed: string;
}

const HEADERS = { JUSPAY_HEADERS: 'x-routing-id: {object_reference_id}' };

let walked: Promise<FirstRun> | undefined;

/** The walk, made once: every step is a run against the stand-in of the sandbox, which is shown under another name. */
export function firstRun(): Promise<FirstRun> {
  walked ??= walk().finally(removeFolders);
  return walked;
}

async function walk(): Promise<FirstRun> {
  const folder = newFolder();
  const [file, reports] = [join(folder, 'waivers.yaml'), join(folder, 'reports/out')];
  const server = await startSandboxServer({ routing: 'required' });
  const plain = (text: string) =>
    text
      .replaceAll(server.url, 'https://sandbox.example')
      .replaceAll(server.host, 'sandbox.example')
      .replaceAll(`${folder}/`, '');
  const run = async (more: Readonly<Record<string, string>>): Promise<string[]> => {
    const { text } = await runHere(liveVariables(server.url, { JUSPAY_REPORT_DIR: reports, ...more }));
    return plain(text).trimEnd().split('\n');
  };
  const command = async (options: Options) => plain(await waiveText(join(reports, 'report.json'), file, options));
  try {
    const refused = await run({});
    const first = await run(HEADERS);
    const written = await command({ owner: 'payments' });
    const [waiver = ''] = /^[^#\n].*\n(?: .*\n)+? {4}expires: .*$/m.exec(plain(readFileSync(file, 'utf8'))) ?? [];
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('reason: ""', 'reason: agreed with the provider'));
    const green = await run({ ...HEADERS, JUSPAY_WAIVERS: file });
    server.knobs = { ...server.knobs, merchant: 'required', times: 'offset-without-colon' };
    const changed = await run({ ...HEADERS, JUSPAY_WAIVERS: file });
    return {
      refused: refused.join('\n'),
      deviations: [...claimLines(first, 'fail'), '…', '', ...explained(first, 'AU-4'), '…', '', ...verdict(first)].join(
        '\n',
      ),
      waivers: `${written}\n\n${waiver}`,
      green: [...claimLines(green, 'waived').slice(0, 2), '…', ...verdict(green)].join('\n'),
      changed: [
        ...claimLines(changed, 'fail'),
        '…',
        '',
        ...explained(changed, 'RS-5'),
        '…',
        '',
        ...verdict(changed),
        '',
        await command({ prune: true }),
      ].join('\n'),
    };
  } finally {
    await server.close();
  }
}

function claimLines(lines: readonly string[], word: string): string[] {
  return lines.filter((line) => line.startsWith(`${word} `));
}

/** What is said of a failing claim, up to the command that repeats it. */
function explained(lines: readonly string[], claim: string): string[] {
  const own = lines.slice(lines.findIndex((line) => line.startsWith(`${claim} fails:`)));
  return own.slice(
    0,
    own.findIndex((line) => line.startsWith('  repeat')),
  );
}

/** The counts and the verdict. */
function verdict(lines: readonly string[]): string[] {
  const from = lines.findIndex((line) => /^\d+ cases: /.test(line));
  return lines.slice(from).filter((line) => !/^(?:Reports:|\{)| requests /.test(line));
}
