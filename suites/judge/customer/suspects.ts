import { CUSTOMER, TOKEN_OPTION } from '../../cases/data.ts';
import type { Suspect } from '../operation.ts';

/** Possible causes of a refused call or a changed field, in the order of trying. */
export const SUSPECTS: readonly Suspect[] = [
  {
    ...{ field: 'email_address', claim: 'RQ-6', family: ['RQ-6', 'RQ-8'] },
    ...{ other: CUSTOMER.email_address, simpler: simplerEmails },
  },
  { field: 'first_name', claim: 'RQ-9', other: CUSTOMER.first_name, simpler: simplerNames },
  { field: 'last_name', claim: 'RQ-11', other: CUSTOMER.last_name, simpler: simplerNames },
  { field: 'mobile_country_code', claim: 'RQ-14', other: CUSTOMER.mobile_country_code },
  { field: TOKEN_OPTION, claim: 'RQ-16', other: 'true' },
  { field: 'mobile_number', claim: 'RQ-4', other: '9988776655', mandatory: true },
  { field: 'mobile_number', claim: 'RQ-4', other: '99887766', mandatory: true },
];

function simplerNames(name: string): string[] {
  const specials = specialsOf(name).map((special) => `Ma${special}ria`);
  return [...specials, ...halvesOf(name)].filter((simpler) => simpler.length > 0 && simpler.length <= name.length + 6);
}

function simplerEmails(address: string): string[] {
  const [local = '', domain = ''] = address.split('@');
  return [
    ...(domain === 'example.com' ? [] : [`maria@${domain}`, `${local}@example.com`]),
    ...specialsOf(local).map((special) => `ma${special}ria@example.com`),
    ...halvesOf(local)
      .filter((half) => half !== '' && !/^[_.]|[_.]$/.test(half))
      .map((half) => `${half}@${domain}`),
  ];
}

function specialsOf(text: string): string[] {
  return [...new Set(text.replace(/[A-Za-z0-9]/g, ''))];
}

function halvesOf(text: string): string[] {
  const middle = Math.ceil(text.length / 2);
  return text.length < 2 ? [] : [text.slice(0, middle), text.slice(middle)];
}
