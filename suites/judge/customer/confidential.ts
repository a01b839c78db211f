import type { CallRecord } from '../exchange.ts';
import type { Confidential } from './refused-answer.ts';

/** What earlier answers of a case told about its customer, less what the refused call says itself. */
export function confidentialFor(refused: CallRecord, calls: readonly CallRecord[]): Confidential {
  const said = new Set(Object.values(refused.fields));
  return calls.flatMap(({ value, fields }) => {
    if (value === undefined) return [];
    const id = value['id'];
    const unsaid = Object.entries(fields).filter(([, text]) => text.length >= 8 && !said.has(text));
    return [
      ...(typeof id === 'string' && id !== '' ? [{ what: "the customer's id", text: id }] : []),
      ...unsaid.map(([name, text]) => ({ what: `the customer's ${name}`, text })),
    ];
  });
}
