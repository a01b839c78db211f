import type { OpenAPIV3_1 } from 'openapi-types';
import { parseDateTime } from '../../../spec/date-time.ts';
import { listEchoes } from '../../../spec/echoes.ts';
import { compileSchemas } from '../../../spec/schemas.ts';
import { CUSTOMER, TOKEN_OPTION } from '../../cases/data.ts';
import type { ObservationName } from '../../cases/observations.ts';
import type { HttpRequest } from '../../targets/target.ts';
import { jsonIn, readJsonObject, show, valueAt } from '../body.ts';
import type { Operation } from '../operation.ts';
import { readAccepted } from './accepted-answer.ts';
import { DATA, identityOf } from './identity.ts';
import { observationText } from './observation-text.ts';
import { OBSERVERS } from './observers.ts';
import { isLetIn, refusalInWords } from './refusal-words.ts';
import {
  checkBadRequest,
  checkBadRequestBody,
  checkRefused,
  confidentialFor,
  isCustomerBody,
  isErrorBody,
} from './refused-answer.ts';
import { checkRelation } from './relations.ts';
import { ACCOUNT, buildRequest, FORM, fillFields } from './request.ts';
import { SUSPECTS } from './suspects.ts';

/** Constant, because this customer is reused by all runs. */
const ORDINARY_DIGITS = 'c0'.repeat(32);

const ORDINARY_PATH = buildRequest({ fields: {} }, { apiKey: '', account: '' }, '').path;

/** Get-or-create of a customer: the operation of this suite. */
export const customerOperation: Operation = {
  compile: ({ document }) => ({
    validators: compileSchemas(document, { checked: true }),
    echoes: listEchoes(document),
    form: document.components?.schemas?.['CustomerForm'] as OpenAPIV3_1.SchemaObject,
  }),

  accountName: ACCOUNT.name,
  buildRequest,
  fillFields,
  ordinaryRequest: (keys, digits = ORDINARY_DIGITS) => buildRequest({ fields: CUSTOMER }, keys, digits),
  hopelessRequest: (keys) =>
    buildRequest({ fields: {}, credentials: 'none', merchant: 'absent', path: ORDINARY_PATH }, keys, ''),
  nameIn: ({ object_reference_id: name }) => (typeof name === 'string' ? name : ''),
  namedIn,
  createdIn,
  differsInFieldsAlone: ({ credentials = 'right', merchant = 'right', mediaType, path }) =>
    credentials === 'right' && merchant === 'right' && mediaType === undefined && path === undefined,

  isAcceptedBody: isCustomerBody,
  isLetIn,
  refusalInWords,
  isErrorBody: (answer, { validators }) => isErrorBody(answer, validators),
  readAccepted,
  checkBadRequest: (answer, claim, fields, { validators }) => checkBadRequest(answer, claim, fields, validators),
  checkErrorBody: (answer, { validators }) => checkBadRequestBody(answer, validators),
  checkRefused: (answer, claim, refused, calls, known) =>
    checkRefused(answer, claim, confidentialFor(refused, calls, known), refused.fields),
  checkRelation,
  identityOf,
  dataIn: ({ [TOKEN_OPTION]: _, ...data }) => data,
  // Names that differ only in letter case may be the same (GC-6).
  namesOther: (one, other) => one.toLowerCase() !== other.toLowerCase(),
  memoryClaims: {
    // Asking for a token, or not, must not change anything else.
    same: (before, now) => ((before[TOKEN_OPTION] === 'true') === (now[TOKEN_OPTION] === 'true') ? 'GC-1' : 'TK-5'),
    ...{ apart: 'GC-2', token: 'TK-6', refusal: 'GC-4' },
  },

  observe: (name, calls) => OBSERVERS[name as ObservationName](calls),
  observationText,

  acceptedClaim: 'RS-1',
  changedClaim: 'RS-4',
  spellingClaim: 'EP-2',
  errorClaim: 'ER-1',
  nameSuspect: { field: 'object_reference_id', claim: 'RQ-2' },
  changedIn(answer, fields) {
    const reading = readJsonObject(answer);
    const names = DATA.filter((name) => (fields[name] ?? '') !== '');
    return reading.ok ? names.filter((name) => reading.value[name] !== fields[name]) : [];
  },
  changeTold({ fields, outcome }, field) {
    const reading = outcome.kind === 'answer' ? readJsonObject(outcome) : undefined;
    return reading?.ok ? { expected: JSON.stringify(fields[field]), actual: show(reading.value[field]) } : undefined;
  },
  ordinaryCall: { fields: { ...CUSTOMER } },
  otherCall: {
    fields: { object_reference_id: CUSTOMER.object_reference_id, mobile_number: '81234567', [TOKEN_OPTION]: 'false' },
  },
  suspects: SUSPECTS,
  generalRefusals: { 401: 'AU-1', 403: 'AU-1', 404: 'EP-1', 405: 'EP-1', 415: 'EP-2' },
  renamed: (fields, prefix) => ({ ...fields, object_reference_id: `${prefix}-{24}` }),
  // A server may, wrongly, want numbers and addresses to be unique, which does not mean that access was revoked.
  control: (fields) => ({
    ...{ ...fields, object_reference_id: 'control-{24}', mobile_number: '9{d9}' },
    ...('email_address' in fields ? { email_address: 'maria.{20}@example.com' } : {}),
  }),
  productionCase: 'RS-1/only-mandatory-fields',
};

function createdIn(body: Uint8Array): number | undefined {
  return parseDateTime(valueAt(jsonIn(body), '/date_created'));
}

function namedIn({ headers, body }: HttpRequest): string {
  if (body === '') return '';
  const fields = new URLSearchParams(body);
  const named = fields.getAll('object_reference_id');
  if (named.length > 0 || headers['content-type'] === FORM) return named.join('\n');
  return body;
}
