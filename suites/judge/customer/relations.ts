import type { Relation } from '../../cases/case.ts';
import { show, valueAt } from '../body.ts';
import type { AnsweredCall } from '../operation.ts';
import type { Flaw } from '../result.ts';
import { createdOf, DATA } from './identity.ts';

/**
 * Checks what must hold between a case's answers.
 * @returns the flaw, undefined, or `undecided` if an answer lacks the value to compare
 */
export function checkRelation(
  relation: Relation,
  answered: readonly AnsweredCall[],
  caseClaim: string,
): Flaw | 'undecided' | undefined {
  const related = answered.filter(({ step }) => relation.steps.includes(step));
  const values = related.map(({ value }) => value);
  const claim = relation.claim ?? caseClaim;
  switch (relation.kind) {
    case 'same-id':
    case 'one-id':
      return allSame(values, '/id', claim);
    case 'same-created':
      return createdTheSame(values, claim);
    case 'same-data':
      return DATA.map((name) => allSame(values, `/${name}`, claim)).find((flaw) => typeof flaw === 'object');
    case 'same-fields':
      return noFieldLost(values, claim);
    case 'different-ids':
      return allDifferent(values, '/id', claim);
    case 'different-tokens':
      return allDifferent(values, '/juspay/client_auth_token', claim);
  }
}

type Values = readonly Readonly<Record<string, unknown>>[];

function allSame(values: Values, pointer: string, claim: string): Flaw | 'undecided' | undefined {
  const found = values.map((value) => valueAt(value, pointer));
  if (found.includes(undefined)) return 'undecided';
  const [first, ...others] = found.map(show);
  const other = others.find((value) => value !== first);
  return other === undefined
    ? undefined
    : { claim, expected: `${first}, as in the first answer`, actual: other, pointer };
}

function createdTheSame(values: Values, claim: string): Flaw | 'undecided' | undefined {
  const times = values.map((value) => createdOf(value['date_created'])).filter((time) => time !== undefined);
  const [first, ...others] = times;
  if (first === undefined || times.length < values.length) return 'undecided';
  const other = others.find((time) => !time.isSame(first));
  const expected = `${first.text}, as in the first answer`;
  return other === undefined ? undefined : { claim, expected, actual: other.text, pointer: '/date_created' };
}

function allDifferent(values: Values, pointer: string, claim: string): Flaw | 'undecided' | undefined {
  const found = values.map((value) => valueAt(value, pointer));
  if (found.includes(undefined)) return 'undecided';
  const repeated = found.find((value, index) => found.indexOf(value) !== index);
  if (repeated === undefined) return undefined;
  return { claim, expected: 'a different value for every customer', actual: `${show(repeated)} twice`, pointer };
}

/** Documented fields of the first answer must be in the last one. */
function noFieldLost(values: Values, claim: string): Flaw | undefined {
  const first = values[0] ?? {};
  const last = values.at(-1) ?? {};
  const documented = ['id', ...DATA, 'date_created', 'last_updated'];
  const lost = documented.find((name) => Object.hasOwn(first, name) && !Object.hasOwn(last, name));
  if (lost === undefined) return undefined;
  return { claim, expected: `a property "${lost}", as without a token`, actual: `no property "${lost}"`, pointer: '' };
}
