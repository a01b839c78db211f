import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { compare } from '../../suites/commands/compare.ts';
import { report } from '../../suites/commands/report.ts';
import { newFolder } from '../../suites/fixtures/new-folder.ts';
import { Progress } from '../../suites/runner/progress.ts';
import { proofIn } from '../../suites/runner/read-proof.ts';
import { compareReports } from '../compare/compare.ts';
import { writeComparison } from '../compare/write-comparison.ts';
import { cleanReport, hostileReport } from '../fixtures/kinds-of-reports.ts';
import type { Report } from '../report.ts';
import { publish } from './publish.ts';
import { writeInShort, writeReports } from './write.ts';

const FILES = ['report.json', 'junit.xml', 'verdict.json', 'report.html', 'summary.md', 'ctrf.json'];
const contents = (place: string) => FILES.map((name) => readFileSync(join(place, name), 'utf8'));

/** Keeps what is printed. @returns the text so far */
function kept(stream: NodeJS.WriteStream): () => string {
  const said = vi.spyOn(stream, 'write').mockReturnValue(true);
  onTestFinished(() => said.mockRestore());
  return () => said.mock.calls.join('');
}

function written(content: Report): string {
  const file = join(newFolder(), 'report.json');
  writeFileSync(file, JSON.stringify(content));
  return file;
}

describe('writing', () => {
  test('leaves every view, whole, and nothing else', async () => {
    const place = join(newFolder(), 'made/on the way');
    expect(await writeReports(hostileReport(), place)).toEqual(FILES.map((name) => join(place, name)));
    expect(readdirSync(place).sort()).toEqual([...FILES].sort());
  });

  test('in short, takes away the views that are of another run', async () => {
    const place = newFolder();
    await writeReports(hostileReport(), place);
    writeComparison(compareReports(cleanReport(), hostileReport()), place);
    const files = ['report.json', 'junit.xml', 'verdict.json'];
    expect(writeInShort(cleanReport(), place)).toEqual(files.map((name) => join(place, name)));
    expect(readdirSync(place).sort()).toEqual(files.sort());
    expect(JSON.parse(readFileSync(join(place, 'verdict.json'), 'utf8'))).toMatchObject({ verdict: 'conforms' });
  });

  test('gives the same bytes for the same report', async () => {
    const [one, two] = [newFolder(), newFolder()];
    await writeReports(hostileReport(), one);
    await writeReports(JSON.parse(JSON.stringify(hostileReport())) as Report, two);
    expect(contents(one)).toEqual(contents(two));
  });
});

describe('the commands', () => {
  test('report renders what the run rendered', async () => {
    const place = newFolder();
    await writeReports(hostileReport(), place);
    const again = newFolder();
    kept(process.stdout);
    expect(await report.run([join(place, 'report.json')], { out: again })).toBe(0);
    expect(contents(again)).toEqual(contents(place));
  });

  const [clean, hostile] = [cleanReport(), hostileReport()];
  test.each([
    ['something broke', 1, clean, hostile, 'Something broke: 5 claims newly failing, 5 new, 2 the same;'],
    ['nothing broke', 0, hostile, clean, 'Nothing broke: 10 claims gone, 2 the same;'],
    ['nothing changed', 0, hostile, hostile, 'Nothing changed: 12 claims the same; 0 of 13 cases changed'],
  ])('compare tells that %s', async (_, code, before, after, sentence) => {
    const out = newFolder();
    const said = kept(process.stdout);
    expect(await compare.run([written(before), written(after)], { out })).toBe(code);
    expect(said()).toContain(sentence);
    expect(readdirSync(out).sort()).toEqual(['comparison.html', 'comparison.md', 'comparison.txt']);
  });
});

describe('publishing', () => {
  async function published(env: Record<string, string>, isTTY = false): Promise<string> {
    let text = '';
    await publish('the text\n', hostileReport(), env, { isTTY, write: (part) => (text += part) });
    return text;
  }

  test('ends with the verdict as one line of JSON, but on a terminal', async () => {
    const lines = (await published({})).split('\n');
    expect(lines[0]).toBe('the text');
    expect(JSON.parse(lines.at(-2) ?? '')).toMatchObject({
      verdict: 'does-not-conform',
      exitCode: 1,
      broken: ['AU-2', 'RS-4', 'RS-2', 'ER-1'],
      staleWaivers: ['EP-1/post', 'AU-2', 'RS-1/nothing'],
      changedObservations: ['EP-3/json-body'],
    });
    expect(await published({}, true)).toBe('the text\n');
  });

  test('on GitHub adds annotations, and guards the text', async () => {
    const lines = (await published({ GITHUB_ACTIONS: 'true' }, true)).split('\n');
    const token = /^::stop-commands::([0-9a-f]{32})$/.exec(lines[0] ?? '')?.[1];
    expect(lines.slice(1, 3)).toEqual(['the text', `::${token}::`]);
    expect(lines.slice(3, -1).map((line) => line.split(' ')[0])).toEqual([
      ...Array(4).fill('::error'),
      ...Array(4).fill('::warning'),
      // What fails the run is no warning.
      '::error',
      '::warning',
    ]);
  });

  test('adds to the summary of the step, where it fits', async () => {
    const file = join(newFolder(), 'summary');
    writeFileSync(file, 'of another command\n');
    await published({ GITHUB_STEP_SUMMARY: file });
    expect(readFileSync(file, 'utf8')).toMatch(/^of another command\n\n## Does not conform: /);
    const full = 'x'.repeat(1_048_000);
    writeFileSync(file, full);
    await published({ GITHUB_STEP_SUMMARY: file });
    expect(readFileSync(file, 'utf8')).toBe(full);
  });
});

describe('the progress line', () => {
  function shown(env: Record<string, string>, isTTY = true): string {
    let text = '';
    let time = 0;
    const stream = { isTTY, columns: 30, write: (part: string) => (text += part) };
    const progress = new Progress(stream, env, () => (time += 50));
    for (const name of ['a', 'b', 'c', 'd']) progress.add(name === 'a', `EP-1/${name}-with-a-long-name`, 4);
    progress.end();
    return text;
  }

  test('is written over now and then, and gone at the end', () => {
    expect(shown({})).toBe('\r\u001b[K1 of 4 cases, 1 failed: EP-1…\r\u001b[K3 of 4 cases, 1 failed: EP-1…\r\u001b[K');
  });

  test('is not there in CI, in a pipe and on a dumb terminal', () => {
    expect([shown({ CI: 'true' }), shown({}, false), shown({ TERM: 'dumb' })]).toEqual(['', '', '']);
  });
});

describe('a proof', () => {
  const { proof } = hostileReport();
  const inFile = (content: unknown): string => {
    const place = newFolder();
    writeFileSync(join(place, 'proof.json'), JSON.stringify(content));
    return place;
  };

  test('is taken where there is one', async () => {
    expect(await proofIn(newFolder())).toBeUndefined();
    expect(await proofIn(inFile(proof))).toEqual(proof);
  });

  test.each([
    [{}, 'schemaVersion is missing'],
    [null, 'it is null: expected object'],
    [{ ...proof, more: 1 }, 'more is unknown: expected schemaVersion, '],
    [{ ...proof, mutants: { ...proof?.mutants, killed: -1 } }, 'mutants.killed is -1: expected >= 0'],
  ])('that cannot be used costs the report no more than its proof, and is said: %j', async (value, why) => {
    const said = kept(process.stderr);
    expect(await proofIn(inFile(value))).toBeUndefined();
    expect(said()).toMatch(
      /^the report has no proof: .*proof\.json is not a proof written by juspay-conformance prove:\n/,
    );
    expect(said()).toContain(`\n  - ${why}`);
  });
});
