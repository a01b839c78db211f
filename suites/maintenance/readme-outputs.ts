import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type FirstRun, firstRun } from '../fixtures/first-run.ts';
import { startMockHere } from '../fixtures/mock-here.ts';
import { runHere } from '../fixtures/run-here.ts';
import { liveVariables } from '../fixtures/spawned-run.ts';

import { SAMPLE_KEY, SAMPLE_MERCHANT } from '../mock/sample-access.ts';

export const README = fileURLToPath(new URL('../../README.md', import.meta.url));

/** Output blocks of the README that are quick to reproduce; for `prove`, only figures are checked. */
export type OutputName = 'mock' | 'failure' | `first-run-${keyof FirstRun['shown']}`;

/** Number of lines shown from the beginning and the end of the run against the mock. */
const SHOWN = { first: 12, last: 6 };

/** Current output of each command in the README, shortened as there. */
export const freshOutputs: Readonly<Record<OutputName, () => Promise<string>>> = {
  mock: async () => {
    const lines = await runOutput({});
    return [...lines.slice(0, SHOWN.first), '…', ...lines.slice(-SHOWN.last)].join('\n');
  },
  failure: async () => {
    const mock = await startMockHere(['--fault', 'email-lowercased']);
    try {
      const variables = { JUSPAY_API_KEY: SAMPLE_KEY, JUSPAY_MERCHANT_ID: SAMPLE_MERCHANT };
      const lines = await runOutput(liveVariables(mock.url, variables));
      return lines
        .slice(lines.findIndex((line) => line.includes(' fails: ')))
        .join('\n')
        .replaceAll(mock.url, 'http://127.0.0.1:4010');
    } finally {
      await mock.close();
    }
  },
  'first-run-refused': async () => (await firstRun()).shown.refused,
  'first-run-deviations': async () => (await firstRun()).shown.deviations,
  'first-run-waivers': async () => (await firstRun()).shown.waivers,
  'first-run-green': async () => (await firstRun()).shown.green,
  'first-run-changed': async () => (await firstRun()).shown.changed,
};

/** A run's lines as in a terminal: without the verdict line for machines, and with the default report folder. */
async function runOutput(variables: Readonly<Record<string, string>>): Promise<string[]> {
  const { text, folder } = await runHere(variables);
  const lines = text.replaceAll(folder, 'reports/out').trimEnd().split('\n');
  return lines.filter((line) => !line.startsWith('{'));
}

/** Text of a README block; undefined if there is no such block. */
export function shownOutput(name: string, readme: string = readFileSync(README, 'utf8')): string | undefined {
  return blockOf(name).exec(readme)?.[1];
}

/** The README with a block's text replaced. */
export function withOutput(readme: string, name: string, text: string): string {
  return readme.replace(
    blockOf(name),
    () => `<!-- output:${name} -->\n\n\`\`\`text\n${text}\n\`\`\`\n\n<!-- /output:${name} -->`,
  );
}

/** Replaces what varies between runs: times, days, and references of new customers. */
export function withoutTimes(text: string): string {
  return text
    .replaceAll(/\d+\.\d+ s\b/g, 'N s')
    .replaceAll(/\b\d{4}-\d\d-\d\d(?:T[\d:+]+)?/g, 'DAY')
    .replaceAll(/\bdiagnosis-[0-9a-f]{24}\b/g, 'diagnosis-N');
}

function blockOf(name: string): RegExp {
  return new RegExp(`<!-- output:${name} -->\\n(?:\\n\`\`\`text\\n([^]*?)\\n\`\`\`\\n\\n)?<!-- /output:${name} -->`);
}
