/**
 * Exactly the grammar of RFC 3339, section 5.6: `T` and `Z` in either case, seconds with any fraction, an offset as hh:mm.
 * The schema's format and the judge both parse dates with it.
 */
const DATE_TIME =
  /^(\d{4})-(\d\d)-(\d\d)T([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.(\d+))?(?:Z|([+-])([01]\d|2[0-3]):([0-5]\d))$/i;

/**
 * Parses a date-time to milliseconds since 1970, truncated; undefined if it is invalid. A leap second is valid only at the
 * end of a month in UTC, and counts as the second before.
 */
export function parseDateTime(value: unknown): number | undefined {
  const parts = typeof value === 'string' ? DATE_TIME.exec(value) : null;
  if (parts === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1, 7).map(Number);
  const date = new Date(0);
  // Not Date.UTC, which reads the year 99 as 1999.
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  const offset = (Number(parts[9] ?? 0) * 60 + Number(parts[10] ?? 0)) * (parts[8] === '-' ? -1 : 1);
  date.setUTCHours(hour, minute - offset, Math.min(second, 59), Number((parts[7] ?? '').slice(0, 3).padEnd(3, '0')));
  if (second === 60 && !isLastMinute(date)) return undefined;
  return date.getTime();
}

/** Whether a text is a valid day, like 2026-03-31. */
export function isDay(text: string): boolean {
  return parseDateTime(`${text}T00:00:00Z`) !== undefined;
}

/** 23:59 on the last day of a month. */
function isLastMinute(date: Date): boolean {
  const next = new Date(date.getTime() + 60_000);
  return next.getUTCDate() === 1 && next.getUTCHours() === 0 && next.getUTCMinutes() === 0;
}
