import { createWriteStream } from 'node:fs';
import './report-usage.ts';
import { SAMPLE_KEY, SAMPLE_MERCHANT } from '../customer-handlers.ts';
import { lineWriter } from '../server/log.ts';
import { startMock } from '../server/start.ts';

/**
 * The mock under load, as `npm run mock` starts it, with its log written to nowhere: the speed of a terminal is not the
 * mock's. Prints its address; tells its memory, in bytes and after a collection, whenever it is asked over the channel to
 * its parent. Arguments: the limit of customers, and a state file or nothing.
 */
const [limit, state] = process.argv.slice(2);
const served = await startMock(
  {
    host: '127.0.0.1',
    port: 0,
    key: SAMPLE_KEY,
    account: SAMPLE_MERCHANT,
    fault: undefined,
    faultHeader: false,
    faultReferences: false,
    mockOptions: {},
    state: state === '' ? undefined : state,
    limit: Number(limit),
    admin: false,
    cors: [],
  },
  lineWriter(createWriteStream('/dev/null')),
  (line) => line,
);
console.log(served.url);
