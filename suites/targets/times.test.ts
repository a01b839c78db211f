import { describe, expect, test } from 'vitest';
import { parseDateHeader, parseDateTime } from './times.ts';

describe('an RFC 3339 date-time', () => {
  test.for([
    ['2020-03-17T14:16:31Z', Date.UTC(2020, 2, 17, 14, 16, 31)],
    ['2020-03-17t14:16:31z', Date.UTC(2020, 2, 17, 14, 16, 31)],
    ['2020-03-17T14:16:31.5Z', Date.UTC(2020, 2, 17, 14, 16, 31, 500)],
    ['2020-03-17T14:16:31.123456789Z', Date.UTC(2020, 2, 17, 14, 16, 31, 123)],
    ['2020-03-17T19:46:31+05:30', Date.UTC(2020, 2, 17, 14, 16, 31)],
    ['2020-03-17T00:16:31-14:00', Date.UTC(2020, 2, 17, 14, 16, 31)],
    ['2016-12-31T23:59:60Z', Date.UTC(2016, 11, 31, 23, 59, 59)],
  ] as const)('%s', ([text, time]) => {
    expect(parseDateTime(text)).toBe(time);
  });

  test.for([
    '2020-03-17T14:16:31',
    '2020-03-17',
    '2020-02-30T14:16:31Z',
    '2020-13-01T14:16:31Z',
    '2020-03-17T25:16:31Z',
    '1584454591',
    'Tue, 17 Mar 2020 14:16:31 GMT',
    1584454591,
    null,
  ])('%s is none', (text) => {
    expect(parseDateTime(text)).toBeUndefined();
  });
});

test('a Date header', () => {
  expect(parseDateHeader('Tue, 17 Mar 2020 14:16:31 GMT')).toBe(Date.UTC(2020, 2, 17, 14, 16, 31));
  expect(parseDateHeader('yesterday')).toBeUndefined();
  expect(parseDateHeader(undefined)).toBeUndefined();
});
