import { type Classes, listed, orAbsent } from './classes.ts';

/** The call's country code, and further digits up to ten. */
export const AFTER_CODE = '{code}';

/** Eight or ten digits; other lengths are open (RQ-5). */
export const MOBILE_NUMBERS: Classes = {
  ten: ['9{d9}', '65{d8}', '8{d9}', '91{d8}', '7{d9}', '6{d9}', '1{d9}'],
  eight: ['9{d7}', '8{d7}', '6{d7}', '3{d7}'],
  zeros: ['00{d8}', '0{d9}', '00{d6}', '0{d7}', '0000000{d3}', '0000{d6}'],
  // Limits of 32-bit integers, and other numbers that a program could misread.
  limits: listed(
    '2147483648 4294967296 9999999999 1000000000 1234567890 0000000001 99999999 10000000 20200101 9000000000',
  ),
  code: [AFTER_CODE],
};

/** Calling codes with one to three digits. */
export const COUNTRY_CODES: Classes = orAbsent({
  one: ['1', '7'],
  two: ['44', '65', '81', '20', '91', '30', '60', '61', '62', '63', '66', '86', '84', '49'],
  three: ['852', '971', '880', '353', '234', '420', '886', '966', '974'],
});
