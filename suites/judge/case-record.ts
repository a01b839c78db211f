import { createHash } from 'node:crypto';
import type { Case, Step } from '../cases/case.ts';
import type { HttpOutcome, Origin } from '../targets/target.ts';
import { isAccepted } from './body.ts';
import { type AskedCall, type CallRecord, recordOf } from './exchange.ts';
import type { Unseen } from './operation.ts';
import type { Exchange, Finding, Flaw } from './result.ts';
import type { Run } from './run.ts';

/** The calls and findings of a case so far. */
export class CaseRecord {
  readonly case: Case;
  readonly run: Run;
  readonly exchanges: Exchange[] = [];
  readonly findings: Finding[] = [];
  readonly calls: CallRecord[] = [];
  readonly unseen: Unseen[] = [];
  /** Whether nothing failed that later steps depend on. */
  isDecided = true;
  #requests = 0;

  constructor(testCase: Case, run: Run) {
    this.case = testCase;
    this.run = run;
  }

  /** The claim that a step tests. */
  claimOf(step: Step): string {
    return step.blames ?? this.case.claim;
  }

  blame(flaws: readonly Flaw[], exchange: number): void {
    for (const flaw of flaws) this.findings.push({ ...flaw, exchange });
  }

  /** Like `blame`; ends the case if the whole step failed. */
  stopFor(flaws: readonly Flaw[], call: CallRecord, stop: boolean): void {
    this.blame(flaws, call.exchange);
    if (stop) this.isDecided = false;
  }

  /** Names a call in later findings. */
  where(step: Step): string {
    return `${this.case.id} (${step.label})`;
  }

  /** Waits until the step's customers are old enough. */
  async waitUntilKnown(step: Step): Promise<void> {
    if (step.knownForMs === undefined) return;
    const { operation, memory, pause } = this.run;
    const fields = step.calls.map((call) => operation.fillFields(call, this.#digitsOf(step)));
    const since = Math.max(...fields.map((one) => memory.sentFor(operation.nameIn(one)).since));
    const left = since + step.knownForMs - performance.now();
    if (left > 0) await pause(left);
  }

  /** Sends the step's calls concurrently. @param again suffix for new references, to repeat them */
  async sendAll(step: Step, again = ''): Promise<AskedCall[]> {
    const { operation, target, memory } = this.run;
    const digits = this.#digitsOf(step, again);
    const label = `${step.label}${again}`;
    const asked = step.calls.map((call) => ({ call, fields: operation.fillFields(call, digits) }));
    const named = asked.map(({ fields }) => ({ name: operation.nameIn(fields), fields, where: this.where(step) }));
    const isRefused = mustBeRefused(step);
    memory.keepSent(
      named.filter(({ name }) => name !== ''),
      isRefused,
    );
    return await Promise.all(
      asked.map(async ({ call, fields }): Promise<AskedCall> => {
        const request = operation.buildRequest(call, target, digits);
        const outcome = await target.send(request, this.origin(label));
        // Immediately, because another case may already get an answer with this call's data.
        if (isRefused && outcome.kind === 'answer' && isAccepted(outcome)) memory.spoil(operation.nameIn(fields));
        return { call, fields, request, outcome };
      }),
    );
  }

  /** Sends one of its requests again. */
  async repeat(call: CallRecord, label: string): Promise<HttpOutcome> {
    return await this.run.target.send(call.request, this.origin(label));
  }

  /** Adds a call to the case. @param index of its step */
  keep(asked: AskedCall, step: Step, index: number): CallRecord {
    const record = { ...asked, step: index, exchange: this.exchanges.length };
    this.exchanges.push(recordOf(step.label, record));
    this.calls.push(record);
    return record;
  }

  /** @returns the index of its exchange; undefined without a smaller call */
  keepSmallest(smallest: AskedCall | undefined): number | undefined {
    if (smallest === undefined) return undefined;
    this.exchanges.push(recordOf('the smallest call that shows it', smallest));
    return this.exchanges.length - 1;
  }

  /** Whether an earlier call of the case for the same name was answered. */
  isLater({ step, fields }: CallRecord): boolean {
    const { nameIn } = this.run.operation;
    const name = nameIn(fields);
    return this.calls.some((one) => one.value !== undefined && one.step < step && nameIn(one.fields) === name);
  }

  origin(step: string): Origin {
    this.#requests += 1;
    const { part } = this.run;
    return {
      case: this.case.id,
      step: part === undefined ? step : `${part}: ${step}`,
      position: this.#requests - 1,
    };
  }

  #digitsOf({ owner = this.case }: Step, again = ''): string {
    const digits = digitsFor(owner, this.run.nonce);
    return again === '' ? digits : hash(`${digits}${again}`);
  }
}

function mustBeRefused({ expect }: Step): boolean {
  return expect === 'bad-request' || expect === 'refused';
}

/** Records what calls for customers of earlier runs sent that had to be refused: the server may have accepted them then. */
export function keepEarlierRefusals(cases: readonly Case[], { memory, operation, nonce }: Run): void {
  for (const testCase of cases) {
    for (const { owner = testCase, calls } of testCase.steps.filter(mustBeRefused)) {
      if (owner.customers === 'new') continue;
      for (const call of calls) {
        const fields = operation.fillFields(call, digitsFor(owner, nonce));
        const name = operation.nameIn(fields);
        if (name !== '') memory.keepEarlier(name, fields);
      }
    }
  }
}

/** Cache by case: the digits of its data, and the run's nonce if they depend on it. */
const DIGITS = new WeakMap<Case, { readonly nonce: string; readonly digits: string }>();

/** 64 hexadecimal digits derived from a case and its data, and from the run if the case needs new customers. */
function digitsFor(testCase: Case, runNonce: string): string {
  const nonce = testCase.customers === 'new' ? runNonce : '';
  const known = DIGITS.get(testCase);
  if (known?.nonce === nonce) return known.digits;
  const digits = hash([testCase.id, JSON.stringify(testCase.steps, ownerById), nonce].join('\n'));
  DIGITS.set(testCase, { nonce, digits });
  return digits;
}

/** For another case's customer, its id is enough. */
function ownerById(key: string, value: unknown): unknown {
  return key === 'owner' ? (value as Case).id : value;
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
