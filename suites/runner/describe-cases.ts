import { BroadcastChannel } from 'node:worker_threads';
import { describe, inject, test } from 'vitest';
import { forTerminal } from '../../reports/terminal.ts';
import type { Case } from '../cases/case.ts';
import type { Answer, Ask } from './vitest-adapter.ts';
import type { Shown } from './vitest-run.ts';

/** A broken claim, or a case that could not be judged. Any other error in a suite is a defect of ours. */
class CaseFailure extends Error {
  override readonly name: string;

  constructor({ name, message }: NonNullable<Shown['failure']>) {
    super(forTerminal(message));
    this.name = name;
    // The place in our code says nothing about the server.
    this.stack = `${name}: ${this.message}`;
  }
}

/** One vitest test per case, named by id and title. The run in vitest's main thread judges them. */
export async function describeCases(title: string, cases: readonly Case[]): Promise<void> {
  const named = cases.map(({ id, title: tried }) => ({ id, name: `${id}  ${tried}` }));
  const target = inject('run') === undefined ? '' : ` [${(await ask()).target}]`;
  describe(`${title}${target}`, { concurrent: true }, () => {
    test.for(named)('$name', async ({ id }, { skip }) => {
      const { skip: reason, failure } = await ask(id);
      if (reason !== undefined) skip(reason);
      if (failure !== undefined) throw new CaseFailure(failure);
    });
  });
}

const waiting = new Map<string, (answer: Answer) => void>();
let channel: BroadcastChannel | undefined;

function ask(id?: string): Promise<Answer> {
  channel ??= openChannel();
  const key = crypto.randomUUID();
  return new Promise((resolve) => {
    waiting.set(key, resolve);
    channel?.postMessage({ ask: key, ...(id === undefined ? {} : { id }) } satisfies Ask);
  });
}

function openChannel(): BroadcastChannel {
  const name = inject('run');
  if (name === undefined) throw new Error('the suites only run with vitest.config.ts: nothing was sent');
  const opened = new BroadcastChannel(name);
  opened.onmessage = ({ data }) => {
    const answer = data as Answer;
    waiting.get(answer.ask)?.(answer);
    waiting.delete(answer.ask);
  };
  opened.unref();
  return opened;
}
