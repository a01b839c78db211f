const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `Sun, 06 Nov 1994 08:49:37 GMT`, and the obsolete `Sunday, 06-Nov-94 08:49:37 GMT`. */
const WITH_COMMA =
  /^[a-z]{3,9},?\s+(\d{1,2})[ -]([a-z]{3})[ -](\d{4}|\d\d)\s+(\d\d):(\d\d):(\d\d)(?:\s+(?:GMT|UTC?|Z|([+-])(\d\d)(\d\d)))?$/i;
/** The obsolete form of C: `Sun Nov  6 08:49:37 1994`. */
const ASCTIME = /^[a-z]{3},?\s+([a-z]{3})\s+(\d{1,2})\s+(\d\d):(\d\d):(\d\d)\s+(?:(?:GMT|UTC?)\s+)?(\d{4})$/i;

/**
 * Parses an HTTP date (RFC 9110, 5.6.7) in any of its three forms to milliseconds since 1970; undefined if missing or
 * invalid. Without a time zone it is GMT.
 * @param now decides the century of a two-digit year
 */
export function parseDateHeader(value: string | undefined, now: number = Date.now()): number | undefined {
  const text = value?.trim() ?? '';
  const [, day, month, year, hour, minute, second, sign, hours, minutes] = WITH_COMMA.exec(text) ?? [];
  if (day === undefined) {
    const [, itsMonth, itsDay, itsHour, itsMinute, itsSecond, itsYear] = ASCTIME.exec(text) ?? [];
    return timeOf(itsYear, itsMonth, itsDay, [itsHour, itsMinute, itsSecond]);
  }
  const time = timeOf(fullYear(year ?? '', now), month, day, [hour, minute, second]);
  const offset = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return time === undefined ? undefined : time - (sign === '-' ? -offset : offset);
}

/** A year that seems more than 50 years ahead is in the past. */
function fullYear(year: string, now: number): string {
  if (year.length === 4) return year;
  const thisYear = new Date(now).getUTCFullYear();
  const meant = thisYear - (thisYear % 100) + Number(year);
  return String(meant > thisYear + 50 ? meant - 100 : meant);
}

type Part = string | undefined;

function timeOf(year: Part, month: Part, day: Part, clock: readonly Part[]): number | undefined {
  const [hour = 0, minute = 0, second = 0] = clock.map(Number);
  const index = MONTHS.indexOf(month?.toLowerCase() ?? '');
  if (index === -1 || hour > 23 || minute > 59 || second > 60) return undefined;
  const time = Date.UTC(Number(year), index, Number(day), hour, minute, Math.min(second, 59));
  return new Date(time).getUTCDate() === Number(day) ? time : undefined;
}
