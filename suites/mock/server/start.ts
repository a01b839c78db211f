import { DOCUMENT } from '../document.ts';
import { createMisbehavingMock } from '../misbehaviour/misbehaving-mock.ts';
import { DEFAULT_MOCK_OPTIONS } from '../options.ts';
import { SAMPLE_KEY, SAMPLE_MERCHANT } from '../sample-access.ts';
import { CONFORMING_STEPS } from '../steps.ts';
import { adminAnswers } from './admin.ts';
import { openFileStore } from './file-store.ts';
import { createLog } from './log.ts';
import { openMemoryStore } from './memory-store.ts';
import { type Served, serve } from './serve.ts';
import type { MockSettings } from './settings.ts';

/**
 * Starts the mock as a server.
 * @param write gets one line for every request, and one at the first eviction of a customer
 * @param mask replaces the API key and the merchant id in a line
 * @throws SetupError for an unknown fault, an unusable state file, or an address that it cannot listen on
 */
export async function startMock(
  settings: MockSettings,
  write: (line: string) => void,
  mask: (line: string) => string,
): Promise<Served> {
  const { key, account, limit, host, port } = settings;
  const access = { apiKey: key, mockOptions: { ...DEFAULT_MOCK_OPTIONS, ...settings.mockOptions } };
  const store =
    settings.state === undefined
      ? openMemoryStore(limit, () =>
          write(`memory is full with ${limit} customers (--limit): dropping the oldest from now on`),
        )
      : await openFileStore(settings.state);
  try {
    const mock = createMisbehavingMock(DOCUMENT, { ...settings, apiKey: key, account, store });
    const served = await serve({
      mock,
      host,
      port,
      cors: settings.cors,
      admin: settings.admin ? adminAnswers(store, (header) => CONFORMING_STEPS.checkKey(header, access)) : undefined,
      log: createLog(mask, write),
    });
    return {
      url: served.url,
      async close() {
        await served.close();
        await store.close();
      },
    };
  } catch (thrown) {
    await store.close();
    throw thrown;
  }
}

/** A curl command that works against the mock. Does not print a custom key: the shell expands a variable instead. */
export function sampleCurl(url: string, { key, account }: Pick<MockSettings, 'key' | 'account'>): string {
  const ownKey = key !== SAMPLE_KEY;
  const ownMerchant = account !== SAMPLE_MERCHANT;
  return [
    `curl -X POST ${url}/v2/customers`,
    ownKey ? '-u "$MOCK_API_KEY:"' : `-u ${key}:`,
    ownMerchant ? '-H "x-merchantid: $MOCK_MERCHANT_ID"' : `-H 'x-merchantid: ${account}'`,
    '-d object_reference_id=customer@gmail.com -d mobile_number=99887766 -d options.get_client_auth_token=true',
  ].join(' ');
}
