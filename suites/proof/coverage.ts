import type { Contract } from '../../spec/contract.ts';
import { strictAjv } from '../../spec/schemas.ts';
import { allCases } from '../cases/all.ts';
import type { Call, Case, Step } from '../cases/case.ts';
import { fillFields } from '../judge/customer/request.ts';
import type { Coverage } from './proof.ts';
import type { OneSided } from './reasons.ts';

/** Any digits, because only the form of calls is counted. */
const DIGITS = '0123456789abcdef'.repeat(4);

interface FormSchema {
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, FormSchema>>;
  readonly allOf?: readonly FormSchema[];
  readonly 'x-claims'?: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

interface Tried {
  readonly fields: Readonly<Record<string, string>>;
  readonly call: Call;
  readonly expect: Step['expect'];
}

/**
 * For every constraint on requests: how many of the cases' calls satisfy it where it applies and must be accepted, and how
 * many break it and must be refused. How well cases check the answers is measured by the mutants.
 */
export function coverageOf(contract: Contract, oneSided: readonly OneSided[]): Coverage[] {
  const form = contract.document.components?.schemas?.['CustomerForm'] as FormSchema | undefined;
  if (form === undefined) throw new Error('the document has no schema CustomerForm');
  const tried = allCases.flatMap(triedBy);
  const validate = strictAjv({ checked: true }).compile(form);
  const refusedBy = tried
    .filter(({ expect }) => expect === 'bad-request')
    .map(({ fields }) => {
      validate(fields);
      return (validate.errors ?? []).map(({ schemaPath, params }) =>
        'missingProperty' in params
          ? `${params['missingProperty']}/required`
          : schemaPath.replace(/^#\/properties\//, ''),
      );
    });
  const accepted = tried.filter(({ expect }) => expect === 'accepted');
  const entries = [...constraintsOn(form), ...accessConstraints()];
  return entries.map(({ constraint, claim, field, access }) => {
    const reason = oneSided.find((one) => constraint.endsWith(one.constraint))?.reason;
    const counts =
      access === undefined
        ? {
            accepted: accepted.filter(({ fields }) =>
              constraint.endsWith('/optional') ? !(field in fields) : field in fields,
            ).length,
            refused: refusedBy.filter((broken) => broken.includes(constraint)).length,
          }
        : {
            accepted: accepted.length,
            refused: tried.filter((one) => one.expect === 'refused' && access(one.call)).length,
          };
    return { constraint, claim, ...counts, ...(reason === undefined ? {} : { reason }) };
  });
}

function triedBy({ steps }: Case): Tried[] {
  return steps.flatMap(({ calls, expect }) =>
    calls.map((call) => ({ call, expect, fields: fillFields(call, DIGITS) })),
  );
}

interface Entry {
  readonly constraint: string;
  readonly claim: string;
  readonly field: string;
  readonly access?: (call: Call) => boolean;
}

function constraintsOn(form: FormSchema): Entry[] {
  const required = (form.required ?? []).map((field) => {
    const claims = form['x-claims']?.['required'];
    return { constraint: `${field}/required`, claim: typeof claims === 'object' ? (claims[field] ?? '') : '', field };
  });
  return [
    ...required,
    ...Object.entries(form.properties ?? {}).flatMap(([field, property]) => within(field, field, property)),
  ];
}

function within(field: string, path: string, { 'x-claims': claims = {}, allOf = [] }: FormSchema): Entry[] {
  return [
    ...Object.entries(claims).map(([keyword, claim]) => ({
      constraint: `${path}/${keyword}`,
      claim: String(claim),
      field,
    })),
    ...allOf.flatMap((part, index) => within(field, `${path}/allOf/${index}`, part)),
  ];
}

function accessConstraints(): Entry[] {
  return [
    { constraint: 'security/absent', claim: 'AU-2', field: '', access: (call) => call.credentials === 'none' },
    {
      constraint: 'security/wrong',
      claim: 'AU-3',
      field: '',
      access: ({ credentials = 'right' }) => credentials !== 'right' && credentials !== 'none',
    },
    { constraint: 'x-merchantid/required', claim: 'AU-4', field: '', access: (call) => call.merchant === 'absent' },
    { constraint: 'x-merchantid/minLength', claim: 'AU-4', field: '', access: (call) => call.merchant === 'empty' },
  ];
}
