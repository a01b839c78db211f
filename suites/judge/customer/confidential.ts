import type { CallRecord } from '../exchange.ts';
import type { Known } from '../identity.ts';
import type { Confidential } from './refused-answer.ts';

/** Shorter values are not distinctive. */
const TELLING = 8;

/** What earlier answers revealed about a customer, without what the refused call itself contains. */
export function confidentialFor(
  refused: CallRecord,
  calls: readonly CallRecord[],
  known: Readonly<Known> | undefined,
): Confidential {
  const said = Object.values(refused.fields);
  const told = [
    ...calls.flatMap(({ value, fields }) => (value === undefined ? [] : [{ id: value['id'], fields }])),
    ...(known === undefined ? [] : [{ id: known.id, fields: known.fields }]),
  ];
  return told.flatMap(({ id, fields }) => {
    const unsaid = Object.entries(fields).filter(
      ([, text]) => text.length >= TELLING && !said.some((one) => one.includes(text)),
    );
    return [
      ...(typeof id === 'string' && id !== '' ? [{ what: "the customer's id", text: id }] : []),
      ...unsaid.map(([name, text]) => ({ what: `the customer's ${name}`, text })),
    ];
  });
}
