#!/usr/bin/env node
import { SetupError } from '../../spec/setup-error.ts';
import { listFaults } from '../mock/misbehaviour/listing.ts';
import { lineWriter } from '../mock/server/log.ts';
import { HELP, readMockSettings } from '../mock/server/settings.ts';
import { sampleCurl, startMock } from '../mock/server/start.ts';
import { createMasker } from '../secrets/mask.ts';

try {
  await main();
} catch (thrown) {
  // What the user can mend is told without a stack; anything else is a defect and keeps it.
  console.error(thrown instanceof SetupError ? `mock: ${thrown.message}` : thrown);
  process.exitCode = 2;
}

async function main(): Promise<void> {
  const settings = readMockSettings(process.argv.slice(2), process.env);
  if (settings === 'help') return console.log(HELP);
  if (settings === 'list-faults') return console.log(listFaults().join('\n'));
  const write = lineWriter(process.stdout);
  const { mask } = createMasker([
    { value: settings.key, name: 'API key' },
    { value: settings.merchant, name: 'merchant id' },
  ]);
  const served = await startMock(settings, write, mask);
  stopWhenTold(async () => {
    await served.close();
    write('mock stopped');
  });
  write(`mock of get-or-create-customer on ${served.url}`);
  if (settings.fault !== undefined) write(`at every call: ${settings.fault}`);
  write(`try: ${sampleCurl(served.url, settings)}`);
}

/** Stops at SIGINT and SIGTERM; a second signal ends the process at once, as signals do. */
function stopWhenTold(stop: () => Promise<void>): void {
  // npm starts it through a shell, and whoever signals npm may end that shell alone: the mock would keep the port.
  const shell = process.env['npm_lifecycle_event'] === undefined ? undefined : process.ppid;
  const watch = setInterval(() => shell !== undefined && process.ppid !== shell && stopOnce(), 250).unref();
  function stopOnce(): void {
    clearInterval(watch);
    process.off('SIGINT', stopOnce).off('SIGTERM', stopOnce);
    void stop();
  }
  process.on('SIGINT', stopOnce).on('SIGTERM', stopOnce);
}
