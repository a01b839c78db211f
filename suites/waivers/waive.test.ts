import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { newFolder } from '../fixtures/new-folder.ts';
import { loadWaivers } from './load-waivers.ts';
import type { JudgedWaiver } from './waiver.ts';
import { type Draft, WaiverFile } from './write-waivers.ts';

const HOST = 'sandbox.example';
const TODAY = '2030-06-15';
const TERMS = { owner: 'payments', expires: '2030-07-15' };
const RQ_7: Draft = { id: 'RQ-7', cases: ['RQ-7/comma', 'RQ-7/colon'], about: 'RQ-7: another character gets 400.' };

/** A file of this content after a change, and what the change returned. */
function changed(content: string | undefined, change: (file: WaiverFile) => unknown) {
  const file = join(newFolder(), 'waivers.yaml');
  if (content !== undefined) writeFileSync(file, content);
  const waivers = new WaiverFile(file, HOST);
  const said = change(waivers);
  waivers.save();
  return { said, file, text: readFileSync(file, 'utf8') };
}

test('a new file has everything but the reason, and a run rejects it until the reason is written', () => {
  const { said, file, text } = changed(undefined, (waivers) => waivers.add(RQ_7, TERMS, TODAY));
  expect(said).toBe('RQ-7 added, for 2 cases');
  expect(text).toBe(
    [
      '# Deviations accepted for now, by host. A run rejects a waiver without a reason.',
      '',
      'sandbox.example:',
      '  # RQ-7: another character gets 400.',
      '  - id: RQ-7',
      '    cases: [ RQ-7/comma, RQ-7/colon ]',
      '    reason: ""',
      '    owner: payments',
      '    expires: 2030-07-15',
      '',
    ].join('\n'),
  );
  expect(() => loadWaivers(file, HOST, TODAY)).toThrow(
    `${file}:7:13: "reason" is empty: expected a sentence on why this deviation is accepted`,
  );
  writeFileSync(file, text.replace('""', 'agreed'));
  expect(loadWaivers(file, HOST, TODAY)).toEqual({
    waivers: [{ id: 'RQ-7', cases: RQ_7.cases, reason: 'agreed', ...TERMS, daysLeft: 30 }],
    elsewhere: [],
  });
});

const EXISTING = `# ours
other.example: [] # empty
Sandbox.Example:
  - { id: RQ-8, reason: why, owner: who, expires: 2030-06-01 } # the oldest
  # about commas
  - id: RQ-7
    cases: [RQ-7/comma]
    reason: why # because
    owner: who
    expires: 2030-08-01
`;

test('an existing file keeps its comments and order; missing entries are added', () => {
  const { said, text } = changed(EXISTING, (waivers) => [
    waivers.add(RQ_7, TERMS, TODAY),
    waivers.add({ id: 'RQ-8', cases: ['RQ-8/x'], about: '' }, TERMS, TODAY),
    waivers.add({ id: 'RQ-2/one', about: 'of one case' }, TERMS, TODAY),
    waivers.add(RQ_7, TERMS, TODAY),
  ]);
  expect(said).toEqual(['RQ-7: 1 case more', 'RQ-8: renewed until 2030-07-15', 'RQ-2/one added', undefined]);
  expect(text).toBe(
    `${EXISTING.replace('2030-06-01', '2030-07-15').replace('[RQ-7/comma]', '[ RQ-7/comma, RQ-7/colon ]')}  # of one case
  - id: RQ-2/one
    reason: ""
    owner: payments
    expires: 2030-07-15
`,
  );
});

test('a file that cannot be written is an error', () => {
  const file = join(newFolder(), 'nowhere', 'waivers.yaml');
  expect(() => new WaiverFile(file, HOST).save()).toThrow(`${file} cannot be written: ENOENT`);
});

test('prune removes only what a run did not need', () => {
  const judged = (id: string, more: Partial<JudgedWaiver>): JudgedWaiver => ({
    ...{ id, reason: 'r', daysLeft: 1, ...TERMS, state: 'passed' },
    ...more,
  });
  const both = EXISTING.replace('[RQ-7/comma]', '[ RQ-7/comma, RQ-7/colon ]');
  const { said, text } = changed(both, (waivers) => [
    waivers.prune(judged('RQ-7', { cases: ['RQ-7/comma', 'RQ-7/colon'], passing: ['RQ-7/colon'] })),
    waivers.prune(judged('RQ-8', { state: 'expired' })),
    waivers.prune(judged('RQ-9', { state: 'unmatched' })),
  ]);
  expect(said).toEqual(['RQ-7: without RQ-7/colon', undefined, undefined]);
  expect(text).toBe(EXISTING.replace('[RQ-7/comma]', '[ RQ-7/comma ]'));
  expect(changed(EXISTING, (waivers) => waivers.prune(judged('RQ-8', {}))).text).not.toContain('RQ-8');
});

test('the example file is valid, and waives the deviations that are likely in the real service', () => {
  const file = join(import.meta.dirname, 'example.yaml');
  expect(loadWaivers(file, 'sandbox.juspay.in', TODAY).waivers.map(({ id }) => id)).toEqual(
    'AU-4 RQ-2 RQ-7 RQ-8 RQ-10 RQ-12'.split(' '),
  );
});
