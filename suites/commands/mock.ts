import { ACCOUNT } from '../judge/customer/request.ts';
import { MOCK_FLAGS, MOCK_VARIABLES, mockOptionLines, readMockSettings } from '../mock/server/settings.ts';
import type { Definition } from './command.ts';

export const mock: Definition = {
  name: 'mock',
  summary: 'Serves a mock of the operation over HTTP, for client development.',
  options: MOCK_FLAGS,
  examples: ['mock --port 4010', "mock --fault 'status-503*2'", 'mock --option laterCall=update'],
  variables: MOCK_VARIABLES,
  notes: ['Mock options (--option):', ...mockOptionLines().map((line) => `  ${line}`)],
  exitCodes: '0 stopped, 2 could not start',
  async run(_, options) {
    if (options['listFaults'] === true) {
      const { listFaults } = await import('../mock/misbehaviour/named.ts');
      process.stdout.write(`${listFaults().join('\n')}\n`);
      return 0;
    }
    const settings = readMockSettings(options, process.env);
    const { lineWriter } = await import('../mock/server/log.ts');
    const { sampleCurl, startMock } = await import('../mock/server/start.ts');
    const { createMasker } = await import('../secrets/mask.ts');
    const write = lineWriter(process.stdout);
    const { mask } = createMasker([
      { value: settings.key, name: 'API key' },
      { value: settings.account, name: ACCOUNT.name },
    ]);
    const served = await startMock(settings, write, mask);
    const stopped = untilSignal();
    write(`mock of get-or-create-customer on ${served.url}`);
    if (settings.fault !== undefined) write(`fault in every call: ${settings.fault}`);
    write(`try: ${sampleCurl(served.url, settings)}`);
    await stopped;
    await served.close();
    write('mock stopped');
    return 0;
  },
};

/** Waits for SIGINT or SIGTERM. A second signal has its default effect and kills the process. */
function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    // npm starts the mock through a shell; a signal to npm may kill only that shell, and the mock would keep the port.
    const shell = process.env['npm_lifecycle_event'] === undefined ? undefined : process.ppid;
    const watch = setInterval(() => shell !== undefined && process.ppid !== shell && stop(), 250).unref();
    function stop(): void {
      clearInterval(watch);
      process.off('SIGINT', stop).off('SIGTERM', stop);
      resolve();
    }
    process.on('SIGINT', stop).on('SIGTERM', stop);
  });
}
