import { readJsonObject } from './body.ts';
import type { CaseRecord } from './case-record.ts';
import { type CallRecord, recordOf } from './exchange.ts';
import type { Flaw } from './result.ts';

/** Compares a case's answers with those of all others. The case's own findings have precedence, as more specific. */
export async function holdAgainstOthers(record: CaseRecord): Promise<void> {
  const { memory, operation } = record.run;
  const isFirst = record.findings.length === 0;
  const found: { readonly flaw: Flaw; readonly call: CallRecord }[] = [];
  for (const call of record.calls) {
    const { fields, outcome, value, others = [], step } = call;
    const name = operation.nameIn(fields);
    const made = record.case.steps[step];
    if (outcome.kind !== 'answer' || name === '') continue;
    const met = { name, fields, where: made === undefined ? record.case.id : record.where(made) };
    if (made?.knownForMs !== undefined && memory.sentFor(name).batches.length < 2) {
      record.unseen.push({ claim: record.case.claim, what: 'its customers were not used earlier in this run' });
    }
    const reading = value === undefined ? readJsonObject(outcome) : { ok: true as const, value };
    const stray = reading.ok ? memory.strayIn(reading.value, met, value === undefined) : undefined;
    if (value === undefined) memory.refuse(name);
    // An answer with another name is either open by the page, or already blamed.
    const isOwn = value !== undefined && operation.nameIn(value) === name;
    const [flaw = stray] = isOwn ? memory.meet({ ...met, value, others }) : [];
    if (flaw !== undefined) found.push({ flaw, call });
  }
  if (!isFirst) return;
  for (const { flaw, call } of found) record.blame([await whoseFault(record, flaw, call)], call.exchange);
}

/** Checks blame on a refused call: the change must not happen again without a refusal in between. */
async function whoseFault(record: CaseRecord, flaw: Flaw, call: CallRecord): Promise<Flaw> {
  const { operation } = record.run;
  if (flaw.claim !== operation.memoryClaims.refusal || call.value === undefined) return flaw;
  const label = 'the same call again, nothing refused in between';
  const outcome = await record.repeat(call, label);
  record.exchanges.push(recordOf(label, { call: call.call, request: call.request, outcome }));
  const reading = outcome.kind === 'answer' ? readJsonObject(outcome) : undefined;
  if (reading?.ok !== true) return flaw;
  const [now, then] = [call.value, reading.value].map((value) => operation.identityOf(value));
  const isSame =
    now?.id === then?.id &&
    (now?.created === undefined || then?.created === undefined || now.created.isSame(then.created)) &&
    JSON.stringify(now?.data) === JSON.stringify(then?.data);
  return isSame ? flaw : { ...flaw, claim: operation.memoryClaims.same(call.fields, call.fields) };
}
