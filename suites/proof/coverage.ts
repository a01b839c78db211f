import { listConstraints } from '../../spec/constraints.ts';
import type { Contract } from '../../spec/contract.ts';
import { strictAjv } from '../../spec/schemas.ts';
import { allCases } from '../cases/all.ts';
import type { Call, Case, Step } from '../cases/case.ts';
import { fillFields } from '../judge/customer/request.ts';
import type { Coverage } from './proof.ts';
import type { OneSided } from './reasons.ts';

/** Any digits, because only the form of calls is counted. */
const DIGITS = '0123456789abcdef'.repeat(4);

interface Tried {
  readonly fields: Readonly<Record<string, string>>;
  readonly call: Call;
  readonly expect: Step['expect'];
}

/**
 * For every constraint on requests: how many of the cases' calls satisfy it where it applies and must be accepted, and how
 * many break it and must be refused. How well cases check the answers is measured by the mutants.
 */
export function coverageOf({ document }: Contract, oneSided: readonly OneSided[]): Coverage[] {
  const form = document.components?.schemas?.['CustomerForm'];
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
  const ofFields = listConstraints(document)
    .filter(({ pointer }) => pointer.startsWith(`${FORM}required/`) || pointer.startsWith(`${FORM}properties/`))
    .map(({ pointer, claim }) => {
      const constraint = pointer
        .slice(FORM.length)
        .replace(/^properties\/|^(required)\/(.*)/, (_, word, name) => (word === undefined ? '' : `${name}/${word}`));
      const [field = ''] = constraint.split('/');
      const isOptional = constraint.endsWith('/optional');
      return {
        ...{ constraint, claim },
        accepted: accepted.filter(({ fields }) => isOptional !== field in fields).length,
        refused: refusedBy.filter((broken) => broken.includes(constraint)).length,
      };
    });
  const ofAccess = ACCESS.map(([constraint, claim, isBroken]) => ({
    ...{ constraint, claim, accepted: accepted.length },
    refused: tried.filter(({ expect, call }) => expect === 'refused' && isBroken(call)).length,
  }));
  return [...ofFields, ...ofAccess].map((counts) => {
    const reason = oneSided.find((one) => counts.constraint.endsWith(one.constraint))?.reason;
    return { ...counts, ...(reason === undefined ? {} : { reason }) };
  });
}

function triedBy({ steps }: Case): Tried[] {
  return steps.flatMap(({ calls, expect }) =>
    calls.map((call) => ({ call, expect, fields: fillFields(call, DIGITS) })),
  );
}

const FORM = '#/components/schemas/CustomerForm/';

const ACCESS: readonly (readonly [constraint: string, claim: string, isBroken: (call: Call) => boolean])[] = [
  ['security/absent', 'AU-2', ({ credentials }) => credentials === 'none'],
  ['security/wrong', 'AU-3', ({ credentials = 'right' }) => credentials !== 'right' && credentials !== 'none'],
  ['x-merchantid/required', 'AU-4', ({ merchant }) => merchant === 'absent'],
  ['x-merchantid/minLength', 'AU-4', ({ merchant }) => merchant === 'empty'],
];
