#!/usr/bin/env node
import { listFaults } from '../mock/misbehaviour/listing.ts';
import { WishError } from '../mock/misbehaviour/named.ts';
import { StateFileError } from '../mock/server/file-store.ts';
import { ListenError, type Served } from '../mock/server/serve.ts';
import { HELP, readMockSettings } from '../mock/server/settings.ts';
import { MockSettingsError } from '../mock/server/settings-error.ts';
import { sampleCurl, startMock } from '../mock/server/start.ts';

const EXPECTED = [MockSettingsError, WishError, StateFileError, ListenError];

try {
  await main();
} catch (thrown) {
  // What the user can mend is told without a stack; anything else is a defect and keeps it.
  const expected = thrown instanceof Error && EXPECTED.some((kind) => thrown instanceof kind);
  console.error(expected ? `mock: ${thrown.message}` : thrown);
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
