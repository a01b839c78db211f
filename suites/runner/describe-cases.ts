import { BroadcastChannel } from 'node:worker_threads';
import { describe, inject, test } from 'vitest';
import { forTerminal } from '../../reports/terminal.ts';
import type { Case } from '../cases/case.ts';
import type { Ask, Shown } from './vitest-adapter.ts';

/** The server broke a claim, or a case could not be judged. Anything else that a suite throws is a defect of ours. */
class CaseFailure extends Error {
  override readonly name: string;

  constructor({ name, message }: NonNullable<Shown['failure']>) {
    super(forTerminal(message));
    this.name = name;
    // Where in our code it was thrown says nothing about the server.
    this.stack = `${name}: ${this.message}`;
  }
}

/** Makes vitest tests of cases: one test a case, named by its id and what is tried. The run, in vitest's main thread, judges. */
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
  if (run === undefined) throw new Error('the suites run with vitest.config.ts alone: nothing was sent');
  const opened = new BroadcastChannel(run.channel);
  opened.onmessage = ({ data }) => {
    const shown = data as Shown;
    waiting.get(shown.ask)?.(shown);
    waiting.delete(shown.ask);
  };
  opened.unref();
  return opened;
}
