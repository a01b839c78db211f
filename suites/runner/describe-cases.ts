import { BroadcastChannel } from 'node:worker_threads';
import { describe, inject, test } from 'vitest';
import { forTerminal } from '../../reports/terminal.ts';
import type { Case } from '../cases/case.ts';
import type { Ask, Shown } from './vitest-adapter.ts';

/** A broken claim, or a case that could not be judged. Any other error in a suite is a defect of ours. */
class CaseFailure extends Error {
  override readonly name: string;

  constructor({ name, message }: NonNullable<Shown['failure']>) {
    super(forTerminal(message));
    this.name = name;
    // Where our code threw it says nothing about the server.
    this.stack = `${name}: ${this.message}`;
  }
}

/** One vitest test per case, named by id and title. The run in vitest's main thread judges them. */
export function describeCases(title: string, cases: readonly Case[]): void {
  const run = inject('run');
  const named = cases.map(({ id, title: tried }) => ({ id, name: `${id}  ${tried}` }));
  describe(run === undefined ? title : `${title} [${run.target}]`, { concurrent: true }, () => {
    test.for(named)('$name', async ({ id }, { skip }) => {
      const { skip: reason, failure } = await ask(id);
      if (reason !== undefined) skip(reason);
      if (failure !== undefined) throw new CaseFailure(failure);
    });
  });
}

const waiting = new Map<string, (shown: Shown) => void>();
let channel: BroadcastChannel | undefined;

function ask(id: string): Promise<Shown> {
  channel ??= openChannel();
  const key = crypto.randomUUID();
  return new Promise((resolve) => {
    waiting.set(key, resolve);
    channel?.postMessage({ ask: key, id } satisfies Ask);
  });
}

function openChannel(): BroadcastChannel {
  const run = inject('run');
  if (run === undefined) throw new Error('the suites only run with vitest.config.ts: nothing was sent');
  const opened = new BroadcastChannel(run.channel);
  opened.onmessage = ({ data }) => {
    const shown = data as Shown;
    waiting.get(shown.ask)?.(shown);
    waiting.delete(shown.ask);
  };
  opened.unref();
  return opened;
}
