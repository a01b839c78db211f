import type { Call, Case, Step } from '../case.ts';
import { ANY, CUSTOMER, REFUSED, TOKEN_OPTION } from '../data.ts';
import { ownDigits, templatesOf } from '../template.ts';
import { ABSENT, type Classes } from './classes.ts';
import { type Allows, type Chosen, coverPairs } from './covering.ts';
import { CLASSES, FACTORS, ORDER, REFERENCE, RICH, RICHES, SAME_AS, WRITING } from './factors.ts';
import { AFTER_CODE } from './numbers.ts';
import { REFERENCES } from './references.ts';
import { lendCustomers, shareCustomers } from './shared-customers.ts';
import { isFree, ORDERS, ordered, WRITINGS } from './writing.ts';

/** With fewer digits, a new customer of every run could be the same as an older one. */
const ENOUGH_DIGITS = 12;

const LONG_REFERENCES: Classes = Object.fromEntries(
  Object.entries(REFERENCES).map(([name, values]) => [
    name,
    values.filter((value) => ownDigits(value) >= ENOUGH_DIGITS),
  ]),
);

/** The calls of a case with the same set of data. */
export interface DataSet {
  readonly testCase: Case;
  /** The marker in the calls' fields. */
  readonly marker: string;
  readonly calls: readonly Call[];
}

/** The sets of data of calls that must be accepted, in the order of cases. */
export function dataSets(cases: readonly Case[]): DataSet[] {
  return cases.flatMap((testCase) => {
    const accepted = testCase.steps.filter(({ expect }) => expect === 'accepted').flatMap(({ calls }) => calls);
    const markers = new Set(accepted.flatMap(({ fields }) => Object.values(fields).filter(isMarker)));
    const all = testCase.steps.flatMap(({ calls }) => calls);
    return [...markers].map((marker) => ({
      testCase,
      marker,
      calls: all.filter(({ fields }) => Object.values(fields).includes(marker)),
    }));
  });
}

/** Chooses the classes for each set of data. */
export function chooseClasses(sets: readonly DataSet[]): Chosen[] {
  const owners = new Set(sets.flatMap(({ testCase }) => testCase.steps.flatMap(({ of }) => of ?? [])));
  return coverPairs(
    FACTORS,
    sets.map((set) => allowancesOf(set, owners)),
  );
}

/**
 * Assigns a value to every field that the cases leave open: calls that must be accepted get unique data, covering all classes
 * and all pairs of classes; all others get the ordinary customer's.
 */
export function assignValues(tables: readonly Case[]): Case[] {
  const cases = shareCustomers(tables);
  const sets = dataSets(cases);
  const chosen = chooseClasses(sets);
  const counts = new Map<string, number>();
  const data = new Map<Case, Map<string, Assigned>>();
  for (const [index, set] of sets.entries()) {
    const ofCase = data.get(set.testCase) ?? new Map<string, Assigned>();
    data.set(set.testCase, ofCase);
    const { [WRITING]: writing = 'form', [ORDER]: order = 'listed', ...classes } = chosen[index] ?? {};
    const fields = valuesFor(classes, set, ofCase.size, counts);
    ofCase.set(set.marker, { fields, writing: indexIn(WRITINGS, writing), order: indexIn(ORDERS, order) });
  }
  return lendCustomers(cases.map((testCase) => fillCase(testCase, data.get(testCase) ?? new Map())));
}

interface Assigned {
  readonly fields: Readonly<Record<string, string>>;
  readonly writing: number;
  readonly order: number;
}

function allowancesOf({ testCase, marker, calls }: DataSet, owners: ReadonlySet<string>): Allows {
  const free = new Set(calls.flatMap(({ fields }) => Object.keys(fields).filter((name) => fields[name] === marker)));
  const isWritten = calls.some(isFree);
  const isAlone = testCase.steps.length === 1 && testCase.steps[0]?.calls.length === 1;
  // If the order of calls or a missing field matters, the other fields have all difficult characters; of concurrent calls only
  // one call's.
  const isRich = RICHES.has(marker) || (!isAlone && marker === ANY);
  const isWhole = isRich || !isAlone || owners.has(testCase.id);
  return (factor, level) => {
    if (factor === WRITING) return isWritten;
    if (factor === ORDER) return isWritten && (isAlone || level !== 'option-first');
    if (!free.has(factor)) return false;
    if (factor === TOKEN_OPTION) return isAlone || level === ABSENT;
    if (isRich && factor !== REFERENCE && RICH in (CLASSES[factor] ?? {})) return level === RICH;
    return !(isWhole && level === ABSENT) && kindsFor(testCase, factor, level).length > 0;
  };
}

/** The values of a class allowed for a case. */
function kindsFor({ customers }: Case, field: string, level: string): readonly string[] {
  const classes = customers === 'new' && field === 'object_reference_id' ? LONG_REFERENCES : CLASSES[field];
  return classes?.[level] ?? [];
}

/** @param counts how often each value was used */
function valuesFor(
  classes: Chosen,
  { testCase, calls }: DataSet,
  who: number,
  counts: Map<string, number>,
): Record<string, string> {
  const given = calls[0]?.fields ?? {};
  const values: Record<string, string> = {};
  const inPlace = (name: string) => values[name] ?? given[name] ?? '';
  for (const [name, level] of Object.entries(classes)) {
    const [same] = (SAME_AS[name] ?? []).flatMap(({ field, part = /.+/, classes: meeting }) =>
      meeting[level]?.includes(classes[field] ?? '') === true ? (part.exec(inPlace(field))?.[0] ?? []) : [],
    );
    const used = (kind: string) => counts.get(`${name} ${kind}`) ?? 0;
    const [fresh = ''] = [...kindsFor(testCase, name, level)].sort((one, other) => used(one) - used(other));
    counts.set(`${name} ${fresh}`, used(fresh) + (same === undefined ? 1 : 0));
    const code = inPlace('mobile_country_code');
    values[name] = same ?? templatesOf(fresh.replace(AFTER_CODE, `${code}{d${10 - code.length}}`), who);
  }
  return values;
}

function fillCase(testCase: Case, data: ReadonlyMap<string, Assigned>): Case {
  if (!testCase.steps.some(({ calls }) => calls.some(({ fields }) => Object.values(fields).some(isMarker))))
    return testCase;
  let position = 0;
  const steps = testCase.steps.map(
    (step): Step => ({
      ...step,
      calls: step.calls.map((call) => fillCall(call, step, data, position++)),
    }),
  );
  return { ...testCase, steps };
}

/** @param position of the call in its case: repeated data is encoded differently */
function fillCall(call: Call, { expect }: Step, data: ReadonlyMap<string, Assigned>, position: number): Call {
  const marker = Object.values(call.fields).find(isMarker);
  const assigned = data.get(marker ?? ANY);
  const fields: Record<string, string> = {};
  for (const [name, value] of Object.entries(call.fields)) {
    const filled = isMarker(value) ? (data.get(value)?.fields[name] ?? ordinary(name, expect)) : value;
    if (filled !== '' || value === '') fields[name] = filled;
  }
  if (assigned === undefined || expect !== 'accepted' || !isFree(call)) return { ...call, fields };
  const encoding = WRITINGS[(assigned.writing + position) % WRITINGS.length] ?? 'form';
  const order = ORDERS[(assigned.order + position) % ORDERS.length] ?? 'listed';
  return { ...call, fields: ordered(fields, order), ...(encoding === 'form' ? {} : { encoding }) };
}

function ordinary(name: string, expect: Step['expect']): string {
  const refused: Readonly<Record<string, string>> = expect === 'anything' ? {} : REFUSED;
  return refused[name] ?? (CUSTOMER as Readonly<Record<string, string>>)[name] ?? '';
}

function isMarker(value: string): boolean {
  return value.startsWith('{any');
}

function indexIn(list: readonly string[], name: string): number {
  return Math.max(0, list.indexOf(name));
}
