import { describe, expect, test } from 'vitest';
import { parseDateTime } from '../../spec/date-time.ts';
import { parseDateHeader } from './times.ts';

describe('an RFC 3339 date-time', () => {
  test.for([
    ['2020-03-17T14:16:31Z', Date.UTC(2020, 2, 17, 14, 16, 31)],
    ['2020-03-17t14:16:31z', Date.UTC(2020, 2, 17, 14, 16, 31)],
    ['2020-03-17T14:16:31.5Z', Date.UTC(2020, 2, 17, 14, 16, 31, 500)],
    ['2020-03-17T14:16:31.123456789Z', Date.UTC(2020, 2, 17, 14, 16, 31, 123)],
    ['2020-03-17T19:46:31+05:30', Date.UTC(2020, 2, 17, 14, 16, 31)],
    ['2020-03-17T00:16:31-14:00', Date.UTC(2020, 2, 17, 14, 16, 31)],
    ['2016-12-31T23:59:60Z', Date.UTC(2016, 11, 31, 23, 59, 59)],
    ['2017-01-01T05:29:60.5+05:30', Date.UTC(2016, 11, 31, 23, 59, 59, 500)],
    ['2020-03-18T14:15:31+23:59', Date.UTC(2020, 2, 17, 14, 16, 31)],
    ['2020-03-17T14:16:31-00:00', Date.UTC(2020, 2, 17, 14, 16, 31)],
    ['0000-02-29T00:00:00Z', Date.parse('0000-02-29T00:00:00Z')],
    ['0099-01-01T00:00:00Z', Date.parse('0099-01-01T00:00:00Z')],
  ] as const)('%s', ([text, time]) => {
    expect(parseDateTime(text)).toBe(time);
  });

  test.for([
    ...`
      2020-03-17T14:16:31 2020-03-17 2020-02-30T14:16:31Z 2020-13-01T14:16:31Z 2020-03-17T25:16:31Z 2020-03-17T24:00:00Z
      2020-03-17T14:16:31+0000 2020-03-17T14:16:31+00 2020-03-17T14:16:31+0530 2020-03-17T14:16:31+24:00
      2020-03-17T14:16:31+05:60 2020-03-17T14:16:31,5Z 2020-03-17T14:16:31.Z 2020-03-17T14:16:60Z 2020-03-17T23:59:60Z
      2020-03-17T14:16Z ٢٠٢٠-03-17T14:16:31Z 1584454591
    `
      .trim()
      .split(/\s+/),
    '2020-03-17 14:16:31Z',
    '2020-03-17\t14:16:31Z',
    '2020-03-17\n14:16:31Z',
    '2020-03-17T14:16:31Z\n',
    'Tue, 17 Mar 2020 14:16:31 GMT',
    1584454591,
    null,
  ])('%s is invalid', (text) => {
    expect(parseDateTime(text)).toBeUndefined();
  });
});

describe('a date of a header', () => {
  const time = Date.UTC(1994, 10, 6, 8, 49, 37);
  const now = Date.UTC(2026, 0, 1);

  test.for([
    'Sun, 06 Nov 1994 08:49:37 GMT',
    'Sunday, 06-Nov-94 08:49:37 GMT',
    'Sun Nov  6 08:49:37 1994',
    'Sun, 06 Nov 1994 08:49:37',
    ' sun, 6 nov 1994 08:49:37 utc',
    'Sun, 06 Nov 1994 14:19:37 +0530',
  ])('%s is GMT in any time zone', (text) => {
    const zone = process.env['TZ'];
    for (const other of ['Asia/Kolkata', 'America/New_York']) {
      process.env['TZ'] = other;
      expect(parseDateHeader(text, now)).toBe(time);
    }
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  test('a two-digit year is at most 50 years ahead', () => {
    const year = (digits: string) =>
      new Date(parseDateHeader(`Sunday, 06-Nov-${digits} 08:49:37 GMT`, now) ?? 0).getUTCFullYear();
    expect(['25', '76', '77', '99'].map(year)).toEqual([2025, 2076, 1977, 1999]);
  });

  test.for(['yesterday', '-5', '1584454591', 'Sun, 31 Feb 2020 08:49:37 GMT', 'Sun, 06 Nov 1994 08:49:37 PST', ''])(
    '%s is invalid',
    (text) => expect(parseDateHeader(text)).toBeUndefined(),
  );
});
