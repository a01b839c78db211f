import type { Contract } from '../../../../spec/contract.ts';
import { parseDateTime } from '../../../../spec/date-time.ts';
import { groupBy } from '../../../../spec/group-by.ts';
import type { Har } from '../../../recording/har.ts';
import { parseDateHeader } from '../../../targets/times.ts';
import { Memory } from '../../memory.ts';
import type { Flaw } from '../../result.ts';
import { customerOperation } from '../operation.ts';
import { type Grade, gradeExchange } from './grade-exchange.ts';
import { findOperation, type OperationExchange } from './operation-exchange.ts';
import { readAccess } from './request-access.ts';

/** A graded exchange of the operation. */
export interface GradedExchange extends Omit<Grade, 'value'> {
  /** Position in the file, from 1. */
  readonly number: number;
  readonly host: string;
  readonly status?: number;
}

/** The grades of a file. */
export interface GradedHar {
  /** `could-not-judge` if no exchange could be judged. */
  readonly verdict: 'conforms' | 'does-not-conform' | 'could-not-judge';
  readonly exchanges: readonly GradedExchange[];
  /** Number of other entries. */
  readonly ignored: number;
}

/** Grades every exchange of the operation in a HAR. Sends nothing. */
export function gradeHar(har: Har, contract: Contract): GradedHar {
  const { exchanges, ignored } = findOperation(har, contract);
  const accessOf = readAccess(exchanges);
  const shared = customerOperation.compile(contract);
  const known = new Set<string>();
  const byReference = groupBy(exchanges, referenceOf);
  const grades = exchanges.map((exchange): { exchange: OperationExchange; grade: Grade } => {
    const reference = referenceOf(exchange);
    const isAlone = () => byReference.get(reference)?.every((one) => one === exchange || !overlap(one, exchange));
    const idOf = (value: Grade['value']) => JSON.stringify([exchange.baseUrl, 'id', value?.['id']]);
    const creates = (value: Grade['value']) =>
      !known.has(reference) && !known.has(idOf(value)) && isMadeNow(exchange, value) && isAlone() === true;
    const grade = gradeExchange(exchange, { ...shared, access: accessOf(exchange), creates });
    known.add(reference).add(idOf(grade.value));
    return { exchange, grade };
  });
  const memory = new Memory(customerOperation);
  const graded = grades.map(({ exchange, grade }) => {
    const more = heldAgainst(memory, exchange, grade);
    return describe(
      exchange,
      more.length === 0 ? grade : { ...grade, verdict: 'fail', flaws: [...grade.flaws, ...more] },
    );
  });
  const has = (verdict: Grade['verdict']) => graded.some((one) => one.verdict === verdict);
  const verdict = has('fail') ? 'does-not-conform' : has('pass') ? 'conforms' : 'could-not-judge';
  return { verdict, exchanges: graded.sort((a, b) => a.number - b.number), ignored };
}

/** One key per customer: references that differ only in letter case may name the same one (GC-6). */
function referenceOf({ baseUrl, fields }: OperationExchange): string {
  return JSON.stringify([baseUrl, fields?.['object_reference_id']?.toLowerCase()]);
}

/** Whether two calls may have overlapped: true unless the file's times show an order. */
function overlap(one: OperationExchange, other: OperationExchange): boolean {
  return one.started === other.started || !(one.ended <= other.started || other.ended <= one.started);
}

/** What an answer shows in comparison with earlier ones of the same server and account. */
function heldAgainst(memory: Memory, exchange: OperationExchange, { value }: Grade): Flaw[] {
  const { number, baseUrl, headers, fields = {}, repeats } = exchange;
  const name = customerOperation.nameIn(fields);
  if (value === undefined || name === '' || repeats) return [];
  const scope = JSON.stringify([baseUrl, headers['x-merchantid']]);
  return memory.meet({ name, fields, value, scope, where: `exchange ${number}` });
}

/** Tolerance in milliseconds, because a Date header has whole seconds. */
const ONE_SECOND = 1000;

/** Whether the customer was created during the call, by the server's clock; the file's times are another machine's. */
function isMadeNow({ answer }: OperationExchange, value: Grade['value']): boolean {
  const now = parseDateHeader(answer?.headers['date']);
  const created = parseDateTime(value?.['date_created']);
  if (answer === undefined || now === undefined || created === undefined) return false;
  return created <= now + ONE_SECOND && created >= now - ONE_SECOND - answer.ms;
}

function describe({ number, baseUrl, answer }: OperationExchange, { value: _, ...grade }: Grade): GradedExchange {
  return { number, host: new URL(baseUrl).host, ...(answer === undefined ? {} : { status: answer.status }), ...grade };
}
