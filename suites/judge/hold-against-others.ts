import { readJsonObject } from './body.ts';
import type { CaseRecord } from './case-record.ts';

/** Holds a case's answers against those of all others. Where the case itself found something, that says more. */
export function holdAgainstOthers(record: CaseRecord): void {
  const { memory, operation } = record.run;
  const first = record.findings.length === 0;
  for (const { fields, outcome, value, exchange, step, call } of record.calls) {
    const name = operation.nameIn(fields);
    const made = record.case.steps[step];
    if (outcome.kind !== 'answer' || name === '') continue;
    const met = { name, fields, where: made === undefined ? record.case.id : record.where(made) };
    if (made?.isKnown === true && memory.known(name) === undefined) {
      record.unseen.push({ claim: record.case.claim, what: 'its customers were not met earlier in this run' });
    }
    const reading = value === undefined ? readJsonObject(outcome) : { ok: true as const, value };
    const stray = reading.ok ? memory.strayIn(reading.value, met) : undefined;
    if (value === undefined) memory.refuse(name);
    // What came back under another name was the page's to leave open, or was blamed.
    const isOwn = value !== undefined && operation.nameIn(value) === name;
    const flaws = isOwn ? memory.meet({ ...met, value }) : [];
    // Another account has other customers.
    if (first && call.merchant !== 'other')
      record.blame([...flaws, ...(stray === undefined ? [] : [stray])].slice(0, 1), exchange);
  }
}
