import { statSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { allCases } from '../cases/all.ts';
import { newFolder } from '../fixtures/new-folder.ts';
import { notRun } from '../judge/result.ts';
import { recordTarget } from '../recording/recorder.ts';
import { readRecording } from '../recording/recording.ts';
import type { Target } from '../targets/target.ts';
import { EvidenceRoom } from './evidence-room.ts';
import { writeRecording } from './open-judge.ts';

const [first] = allCases;
if (first === undefined) throw new Error('no case');

test('a full report keeps only the start of further texts', () => {
  const room = new EvidenceRoom();
  const request = { method: 'POST', path: '/', headers: {}, body: '' };
  const response = { status: 200, headers: { flood: 'y'.repeat(9_000) }, body: '\u0001'.repeat(16_000) };
  const exchange = { step: 'call', request, response, credentials: 'right', retried: [], ms: 1 } as never;
  const kept = Array.from({ length: 2_000 }, () => room.fit({ ...notRun(first, '', false), exchanges: [exchange] }));
  expect(JSON.stringify(kept, null, 2).length).toBeLessThan(15_000_000);
  expect(kept[0]?.exchanges[0]?.response?.body).toHaveLength(16_000);
  expect(kept.at(-1)?.exchanges[0]?.response?.body).toMatch(/^.{200}… \(omitted/);
});

test('a full recording omits further answers, which replay as not recorded', async () => {
  let length = 100_000;
  const inner: Target = {
    ...{ kind: 'live', host: 'localhost', apiKey: 'k', account: 'a', close: async () => {} },
    send: async () => {
      const body = Buffer.alloc(length, 1);
      return { kind: 'answer', status: 200, headers: {}, body, retried: [], ms: 1 };
    },
  };
  const source = {
    contract: { version: '1', sha256: 'a'.repeat(64) },
    baseUrl: 'http://localhost',
    nonce: 'n',
    started: new Date(),
  };
  const recorder = recordTarget(inner, source);
  for (let position = 0; position < 200; position++) {
    await recorder.target.send(
      { method: 'POST', path: '/', headers: {}, body: '' },
      { case: 'c', step: 's', position },
    );
    length = 50_000;
  }
  const file = join(newFolder(), 'run.har');
  writeRecording(recorder.har(), file);
  expect(statSync(file).size).toBeLessThan(20_000_000);
  const { find } = readRecording(file);
  const found = (position: number) =>
    find({ method: 'POST', path: '/', headers: {}, body: '' }, { case: 'c', step: 's', position });
  expect(found(1)).toMatchObject({ kind: 'answer', status: 200 });
  for (const position of [0, 199]) expect(found(position)).toMatchObject({ kind: 'failure', reason: 'not-recorded' });
});
