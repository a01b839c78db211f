import type { OpenAPIV3_1 } from 'openapi-types';
import { readOperation } from './operation.ts';
import { DEFAULT_MOCK_OPTIONS, type MockOptions, unchecked } from './options.ts';
import { refusal, sampleError } from './refusal.ts';
import { perSecond, rememberLast } from './remember-last.ts';
import { compileShape } from './shape.ts';
import {
  CONFORMING_STEPS,
  type MockRequest,
  type MockResponse,
  type Refusal,
  type Steps,
  TOKEN_OPTION,
  type World,
} from './steps.ts';
import { type Customer, type CustomerStore, type Fields, type IdGenerator, randomIds, type Token } from './store.ts';
import { compileForm, type FieldError } from './validate.ts';

/** Accepted credentials, and the mock's behaviour where the contract leaves it a choice. */
export interface MockSetup {
  readonly apiKey: string;
  readonly account: string;
  readonly mockOptions?: Partial<MockOptions>;
  /** Overrides steps, to inject a fault. */
  readonly steps?: Partial<Steps>;
  /** Changes a finished answer, to inject a fault in body, status or headers. */
  readonly rewrite?: (response: MockResponse, request: MockRequest) => MockResponse;
  /** Default: a new map in memory. */
  readonly store?: CustomerStore;
  /** Default: the machine's clock. */
  readonly now?: () => Date;
  /** Default: random. */
  readonly ids?: IdGenerator;
}

/** The path without the version, which Juspay's own SDK uses (EP-6). */
export const UNVERSIONED_PATH = '/customers';

/** An answer, or none because the connection is reset. */
export type MockOutcome = MockResponse | 'connection-reset';

/** A server of the operation, without network code. */
export interface AnsweringMock {
  /** The operation's path in the document. */
  readonly path: string;
  answer(request: MockRequest): Promise<MockOutcome>;
}

/** A mock that always answers. */
export interface Mock extends AnsweringMock {
  answer(request: MockRequest): Promise<MockResponse>;
}

/**
 * Creates a server from the document: its schemas validate requests and shape answers.
 * @param document with its references resolved; a changed document makes a server that breaks the changed constraint
 * @throws Error unless the document has exactly one operation and its schemas compile
 */
export function createMock(document: OpenAPIV3_1.Document, options: MockSetup): Mock {
  const operation = readOperation(document);
  const validator = compileForm(operation.form);
  const steps: Steps = { ...CONFORMING_STEPS, ...options.steps };
  const world: World = {
    apiKey: options.apiKey,
    account: options.account,
    mockOptions: { ...DEFAULT_MOCK_OPTIONS, ...options.mockOptions },
    store: options.store ?? new Map<string, Customer>(),
    ids: options.ids ?? randomIds,
    now: options.now ?? (() => new Date()),
  };
  const unsent = { absent: undefined, empty: '' as const, null: null }[world.mockOptions.unsent];
  const [withoutToken, withToken = withoutToken] = (operation.accepted.schema.oneOf ?? [operation.accepted.schema]).map(
    (schema) => compileShape(schema, unsent, (source) => customerValue(source, steps)),
  );
  const ignored = unchecked(world.mockOptions);
  const errorShape = compileShape(operation.badRequest.schema, unsent, errorValue);
  const paths = new Set([
    operation.path,
    ...(world.mockOptions.unversionedPath === 'accept' ? [UNVERSIONED_PATH] : []),
  ]);
  const dateHeader = perSecond((date) => date.toUTCString());
  const mediaTypeOf = rememberLast(readMediaType);

  function respond(status: number, mediaType: string, body: unknown): MockResponse {
    return {
      status,
      headers: { 'content-type': mediaType, date: dateHeader(world.now()) },
      body: JSON.stringify(body),
    };
  }

  function refuse({ status, reason }: Refusal, headers: MockResponse['headers'] = {}): MockResponse {
    return refusal(status, reason, { date: dateHeader(world.now()), ...headers });
  }

  function badRequest(errors: readonly FieldError[]): MockResponse {
    const { status, mediaType } = operation.badRequest;
    const [first] = errors;
    const asSamples = world.mockOptions.errorBody === 'samples' && first !== undefined;
    return respond(status, mediaType, asSamples ? sampleError(first) : errorShape(errors));
  }

  function accepted(customer: Customer, token: Token | undefined): MockResponse {
    const shape = token === undefined ? withoutToken : withToken;
    if (shape === undefined) throw new Error('the document has no schema for an accepted call');
    const body = shape({ customer, token });
    if (customer.fields['mobile_country_code'] === undefined && world.mockOptions.unsentCountryCode === '91') {
      body['mobile_country_code'] = '91';
    }
    if (world.mockOptions.customerIdField === 'present') body['Customer_id'] = customer.fields['object_reference_id'];
    return respond(operation.accepted.status, operation.accepted.mediaType, body);
  }

  async function answer(request: MockRequest): Promise<MockResponse> {
    if (!paths.has(request.path)) return refuse({ status: 404, reason: `nothing at ${request.path}` });
    if (request.method !== operation.method) {
      return refuse({ status: 405, reason: `use ${operation.method}` }, { allow: `${operation.method}, OPTIONS` });
    }
    const keyRefusal = operation.needsKey ? steps.checkKey(request.headers['authorization'], world) : undefined;
    if (keyRefusal !== undefined) return refuse(keyRefusal);
    const merchantRefusal =
      operation.merchantHeader === undefined
        ? undefined
        : steps.checkMerchant(request.headers[operation.merchantHeader], world);
    if (merchantRefusal !== undefined) return refuse(merchantRefusal);
    const read = readBody(request);
    if ('reason' in read) return refuse(read);
    if ('problem' in read) return badRequest([read]);
    const { fields } = read;
    const errors = steps.validate(asChecked(fields), validator, world).filter(isChecked);
    addFurtherErrors(fields, errors);
    if (errors.length > 0) return badRequest(errors);
    const found = steps.customerFor(fields, world);
    const customer = found instanceof Promise ? await found : found;
    return accepted(customer, steps.tokenFor(customer, fields, world));
  }

  /** The body's fields, a refusal if it cannot be decoded, or an error in it. */
  function readBody({ headers, body }: MockRequest): { readonly fields: Fields } | Refusal | FieldError {
    const [mediaType, charset] = mediaTypeOf(headers['content-type'] ?? '');
    if (mediaType === 'application/json' && world.mockOptions.jsonBody === 'accept') return readJson(body);
    if (world.mockOptions.otherMediaType === 'refuse') {
      if (!operation.mediaTypes.includes(mediaType)) {
        return { status: 415, reason: `send ${operation.mediaTypes.join(' or ')}` };
      }
      if (charset !== undefined && !CHARSETS.has(charset)) {
        return { status: 415, reason: `the charset ${charset} is not supported; send UTF-8` };
      }
    }
    return isPercentCoded(body)
      ? { fields: steps.decode(body, world) }
      : { field: 'body', problem: 'invalid', detail: 'is not percent-encoded UTF-8' };
  }

  function asChecked(fields: Fields): Fields {
    const { email_address: email } = fields;
    if (email === undefined || world.mockOptions.emailLetters === 'accept') return fields;
    // Replace these letters with a character that is never allowed.
    return { ...fields, email_address: email.replace(/(?![ -~])[\p{L}\p{M}\p{N}]/gu, ' ') };
  }

  function isChecked({ field, problem, claim = '' }: FieldError): boolean {
    if (field === TOKEN_OPTION && world.mockOptions.otherTokenValues === 'accept') return false;
    return problem !== 'invalid' || !ignored.has(claim);
  }

  /** Errors that only mock options cause. */
  function addFurtherErrors(fields: Fields, errors: FieldError[]): void {
    const { unknownFields, longestValue } = world.mockOptions;
    for (const field in fields) {
      if (unknownFields === 'refuse' && !Object.hasOwn(operation.form.properties ?? {}, field)) {
        errors.push({ field, problem: 'invalid', detail: 'is not a field of this operation' });
      }
      if ((fields[field] ?? '').length > longestValue) {
        errors.push({ field, problem: 'invalid', detail: `has more than ${longestValue} characters` });
      }
    }
  }

  const { rewrite } = options;
  return {
    path: operation.path,
    answer: rewrite === undefined ? answer : async (request) => rewrite(await answer(request), request),
  };
}

/** Data for the answer to an accepted call. */
interface Accepted {
  readonly customer: Customer;
  readonly token: Token | undefined;
}

/** Getter for the value that an `x-source` names. */
function customerValue(source: string, steps: Steps): (accepted: Accepted) => unknown {
  const field = /^request\.(.*)$/s.exec(source)?.[1];
  if (field !== undefined) return ({ customer }) => customer.fields[field];
  switch (source) {
    case 'customer.id':
      return ({ customer }) => customer.id;
    case 'customer.created':
      return ({ customer }) => steps.time(customer.created);
    case 'customer.updated':
      return ({ customer }) => steps.time(customer.updated);
    case 'token.value':
      return ({ token }) => token?.value;
    case 'token.expiry':
      return ({ token }) => token && steps.time(token.expiry);
    default:
      return () => undefined;
  }
}

/** The same for a bad request. */
function errorValue(source: string): (errors: readonly FieldError[]) => unknown {
  switch (source) {
    case 'error.status':
      return () => 'Bad Request';
    case 'error.code':
      return (errors) =>
        errors.some(({ problem }) => problem !== 'invalid') ? 'Mandatory fields are missing' : 'Invalid value';
    case 'error.message':
      return (errors) => errors.map(({ field, detail }) => `${field}: ${detail}`).join('; ');
    default:
      return () => undefined;
  }
}

/** Accepted charsets: ASCII is valid UTF-8. */
const CHARSETS: ReadonlySet<string> = new Set(['utf-8', 'utf8', 'us-ascii', 'ascii']);

/** Media type and charset of a header, in lowercase. */
function readMediaType(header: string): readonly [mediaType: string, charset: string | undefined] {
  const [mediaType = '', ...parameters] = header.toLowerCase().split(';');
  const charset = parameters.map((parameter) => /^\s*charset="?([^"\s]*)"?\s*$/.exec(parameter)?.[1]);
  return [mediaType.trim(), charset.find((name) => name !== undefined)];
}

/** Whether percent escapes are complete and decode to UTF-8. */
function isPercentCoded(body: string): boolean {
  if (!body.includes('%')) return true;
  try {
    decodeURIComponent(body);
    return true;
  } catch {
    return false;
  }
}

/** Fields of a JSON object. Nested objects become dotted names; values other than strings stay JSON. */
function readJson(body: string): { readonly fields: Fields } | FieldError {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return { fields: Object.fromEntries(flatEntries(value, '')) };
    }
  } catch {
    // Reported below.
  }
  return { field: 'body', problem: 'invalid', detail: 'is not a JSON object' };
}

function flatEntries(value: object, prefix: string): [string, string][] {
  return Object.entries(value).flatMap(([name, entry]: [string, unknown]) => {
    if (typeof entry === 'object' && entry !== null && !Array.isArray(entry)) {
      return flatEntries(entry, `${prefix}${name}.`);
    }
    return [[`${prefix}${name}`, typeof entry === 'string' ? entry : JSON.stringify(entry)]];
  });
}
