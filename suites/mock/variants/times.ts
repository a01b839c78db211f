import { expiries } from '../faults/spelling.ts';
import { customers, headers, type Patch, remembering, steps } from '../patches.ts';
import { CONFORMING_STEPS } from '../steps.ts';
import { asIs, clock, HOUR, times, type Variant, variantsOf } from './variant.ts';

const MINUTE = 60_000;

/** The same instant in another time zone. @param zone hours @param spelled the offset as text */
function elsewhere(zone: number, spelled: string): (iso: string, date: Date) => string {
  return (_, date) => `${new Date(date.getTime() + zone * HOUR).toISOString().slice(0, 19)}${spelled}`;
}

/** Alternates the format of times between answers. */
function byTurns(...spellings: readonly ((iso: string, date: Date) => string)[]): Patch {
  return remembering(() => {
    let count = 0;
    return steps({
      customerFor(fields, world) {
        count += 1;
        return CONFORMING_STEPS.customerFor(fields, world);
      },
      time: (date) => spellings[count % spellings.length]?.(date.toISOString(), date) ?? '',
    });
  });
}

const whole = (iso: string) => `${iso.slice(0, 19)}Z`;
const micro = (iso: string) => iso.replace('Z', '947Z');

/** The Date header in the forms that recipients must accept by RFC 9110. */
function dates(spell: (date: Date, gmt: string) => string): Patch {
  return headers((all) => ({ ...all, date: spell(new Date(all['date'] ?? ''), all['date'] ?? '') }));
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** Times in every form that RFC 3339 and RFC 9110 allow. */
export const timeVariants: readonly Variant[] = [
  ...variantsOf('RS-5', times, {
    'times-in-milliseconds': (iso) => iso,
    'times-in-nanoseconds': (iso) => iso.replace('Z', '123456Z'),
    'times-with-one-digit-of-a-second': (iso) => `${iso.slice(0, 21)}Z`,
    'times-with-zeros-for-a-fraction': (iso) => `${iso.slice(0, 19)}.000Z`,
    'times-with-offset-zero': elsewhere(0, '+00:00'),
    'times-with-offset-minus-zero': elsewhere(0, '-00:00'),
    'times-of-singapore': elsewhere(8, '+08:00'),
    'times-of-nepal': elsewhere(5.75, '+05:45'),
    'times-of-new-york': elsewhere(-5, '-05:00'),
    'times-of-kiribati': elsewhere(14, '+14:00'),
    'times-of-baker-island': elsewhere(-12, '-12:00'),
    'times-of-india-in-microseconds': (_, date) =>
      new Date(date.getTime() + 5.5 * HOUR).toISOString().replace('Z', '084+05:30'),
    'small-t-alone-in-times': (iso) => iso.replace('T', 't'),
    'small-z-alone-in-times': (iso) => iso.replace('Z', 'z'),
  }),
  ...variantsOf('GC-1', asIs, {
    'precision-changes-from-call-to-call': byTurns(whole, micro),
    'zone-changes-from-call-to-call': byTurns(whole, elsewhere(5.5, '+05:30')),
    'zone-and-precision-change': byTurns(micro, elsewhere(-8, '-08:00'), whole),
  }),
  ...variantsOf('TK-1', expiries, {
    'expiry-in-microseconds': (expiry) => expiry.replace('Z', '.084947Z'),
    'expiry-of-india': (expiry) => elsewhere(5.5, '+05:30')('', new Date(expiry)),
    'expiry-far-ahead': () => '9999-12-31T23:59:59Z',
  }),
  ...variantsOf('RS-9', dates, {
    'date-of-rfc-850': (date, gmt) =>
      `${DAYS[date.getUTCDay()]}, ${gmt.slice(5, 7)}-${gmt.slice(8, 11)}-${gmt.slice(14, 16)} ${gmt.slice(17)}`,
    'date-of-asctime': (date, gmt) =>
      `${gmt.slice(0, 3)} ${gmt.slice(8, 11)} ${String(date.getUTCDate()).padStart(2)} ${gmt.slice(17, 25)} ${gmt.slice(12, 16)}`,
    'date-a-minute-behind': (date) => new Date(date.getTime() - MINUTE).toUTCString(),
    'date-a-minute-ahead': (date) => new Date(date.getTime() + MINUTE).toUTCString(),
  }),
  ...variantsOf('RS-9', clock, {
    'clock-of-2040': Date.UTC(2040, 1, 29, 12) - Date.now(),
    'clock-of-a-leap-day': Date.UTC(2028, 1, 29, 23, 58) - Date.now(),
    'clock-of-new-year': Date.UTC(2030, 11, 31, 23, 59, 58) - Date.now(),
  }),
  ...variantsOf('RS-9', asIs, {
    'created-rounded-to-the-minute': customers((customer) => ({
      ...customer,
      created: new Date(Math.floor(customer.created.getTime() / MINUTE) * MINUTE),
    })),
  }),
];
