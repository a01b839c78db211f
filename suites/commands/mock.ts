#!/usr/bin/env node
import { SetupError } from '../../spec/setup-error.ts';
import { listFaults } from '../mock/misbehaviour/listing.ts';
import type { Served } from '../mock/server/serve.ts';
import { HELP, readMockSettings } from '../mock/server/settings.ts';
import { sampleCurl, startMock } from '../mock/server/start.ts';

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
  const served = await startMock(settings, (line) => console.log(line));
  stopOnSignals(served);
  console.log(`mock of get-or-create-customer on ${served.url}`);
  if (settings.fault !== undefined) console.log(`at every call: ${settings.fault}`);
  console.log(`try: ${sampleCurl(served.url, settings)}`);
}

function stopOnSignals(served: Served): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    // Once: a second signal ends the process at once, as signals do.
    process.once(signal, async () => {
      await served.close();
      console.log('mock stopped');
    });
  }
}
