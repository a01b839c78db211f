const DATE_TIME = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}):(\d{2})(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

/** An RFC 3339 date-time as milliseconds since 1970; undefined for anything else. A leap second counts as the one before. */
export function parseDateTime(value: unknown): number | undefined {
  if (typeof value !== 'string') return undefined;
  const [, date, minutes, seconds, fraction = '', zone] = DATE_TIME.exec(value) ?? [];
  if (zone === undefined) return undefined;
  const whole = seconds === '60' ? '59' : seconds;
  const time = Date.parse(`${date}T${minutes}:${whole}${fraction.slice(0, 4)}${zone.toUpperCase()}`);
  return Number.isNaN(time) || !isDay(date ?? '') ? undefined : time;
}

/** Date.parse takes the 30th of February for the 1st of March. */
function isDay(date: string): boolean {
  return new Date(`${date}T00:00:00Z`).toISOString().startsWith(date);
}

/** A Date header (RFC 9110) as milliseconds since 1970; undefined where it is absent or is none. */
export function parseDateHeader(value: string | undefined): number | undefined {
  // All three forms of RFC 9110 begin with a weekday; Date.parse makes a date of "-5" too.
  if (value === undefined || !/^\s*[A-Z][a-z]{2}/.test(value)) return undefined;
  const time = Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}
