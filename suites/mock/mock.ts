import type { OpenAPIV3_1 } from 'openapi-types';
import { readOperation } from './operation.ts';
import { DEFAULT_MOCK_OPTIONS, type MockOptions } from './options.ts';
import { type FlatSchema, flatten, shape } from './shape.ts';
import {
  CONFORMING_STEPS,
  type MockRequest,
  type MockResponse,
  type Refusal,
  type Steps,
  type World,
} from './steps.ts';
import { type Customer, type CustomerStore, type Fields, type IdGenerator, randomIds, type Token } from './store.ts';
import { compileForm, type FieldError } from './validate.ts';

/** Whom the mock lets in, and what it is to do where the contract leaves it a choice. */
export interface MockSetup {
  readonly apiKey: string;
  readonly merchantId: string;
  readonly mockOptions?: Partial<MockOptions>;
  /** Steps that differ from the contract: a fault. */
  readonly steps?: Partial<Steps>;
  /** Changes a finished answer: a fault of the body, the status or the headers. */
  readonly rewrite?: (response: MockResponse, request: MockRequest) => MockResponse;
  /** Default: a map in memory, new for every mock. */
  readonly store?: CustomerStore;
  /** Default: the machine's clock. */
  readonly now?: () => Date;
  /** Default: random. */
  readonly ids?: IdGenerator;
}

/** A server of the operation, without the network. */
export interface Mock {
  /** The operation's path in the document. */
  readonly path: string;
  answer(request: MockRequest): Promise<MockResponse>;
}

/**
 * Makes a server from the document: it validates by the document's schemas and shapes its answers by them.
 * @param document with its references resolved; a changed document makes a server that breaks the changed rule
 * @throws Error where the document has not exactly one operation, or a schema does not compile
 */
export function createMock(document: OpenAPIV3_1.Document, options: MockSetup): Mock {
  const operation = readOperation(document);
  const validator = compileForm(operation.form);
  const steps: Steps = { ...CONFORMING_STEPS, ...options.steps };
  const world: World = {
    apiKey: options.apiKey,
    merchantId: options.merchantId,
    mockOptions: { ...DEFAULT_MOCK_OPTIONS, ...options.mockOptions },
    store: options.store ?? new Map<string, Customer>(),
    ids: options.ids ?? randomIds,
    now: options.now ?? (() => new Date()),
  };
  const customerSchemas = (operation.accepted.schema.oneOf ?? [operation.accepted.schema]).map(flatten);
  const errorSchema = flatten(operation.badRequest.schema);
  const unsent = { absent: undefined, empty: '' as const, null: null }[world.mockOptions.unsent];

  function respond(status: number, mediaType: string, body: unknown): MockResponse {
    return {
      status,
      headers: { 'content-type': mediaType, date: world.now().toUTCString() },
      body: JSON.stringify(body),
    };
  }

  function refuse({ status, reason }: Refusal): MockResponse {
    return respond(status, 'application/json', { status: 'error', error_code: 'refused', error_message: reason });
  }

  function badRequest(errors: readonly FieldError[]): MockResponse {
    const absent = errors.some((error) => error.problem === 'absent');
    const sources = {
      'error.status': 'Bad Request',
      'error.code': absent ? 'Mandatory fields are missing' : 'Invalid value',
      'error.message': errors.map((error) => `${error.field}: ${error.detail}`).join('; '),
    };
    const { status, mediaType } = operation.badRequest;
    return respond(status, mediaType, shape(errorSchema, sources, unsent));
  }

  function accepted(customer: Customer, token: Token | undefined): MockResponse {
    const sources: Record<string, unknown> = {
      'customer.id': customer.id,
      'customer.created': steps.time(customer.created),
      'customer.updated': steps.time(customer.updated),
      'token.value': token?.value,
      'token.expiry': token && steps.time(token.expiry),
    };
    for (const [name, value] of Object.entries(customer.fields)) sources[`request.${name}`] = value;
    const { status, mediaType } = operation.accepted;
    const body = shape(schemaFor(token), sources, unsent);
    if (world.mockOptions.customerIdField === 'present') body['Customer_id'] = customer.fields['object_reference_id'];
    return respond(status, mediaType, body);
  }

  /** Of the documented answers, the one with a token, or the one without. */
  function schemaFor(token: Token | undefined): FlatSchema {
    const [withoutToken, withToken = withoutToken] = customerSchemas;
    const chosen = token === undefined ? withoutToken : withToken;
    if (chosen === undefined) throw new Error('the document has no schema for an accepted call');
    return chosen;
  }

  async function answer(request: MockRequest): Promise<MockResponse> {
    const served =
      request.path.endsWith(operation.path) ||
      (world.mockOptions.unversionedPath === 'accept' &&
        request.path.endsWith('/customers') &&
        !/\/v\d+\//.test(request.path));
    if (!served) return refuse({ status: 404, reason: `nothing at ${request.path}` });
    if (request.method !== operation.method) return refuse({ status: 405, reason: `use ${operation.method}` });
    const keyRefusal = operation.needsKey ? steps.checkKey(request.headers['authorization'], world) : undefined;
    if (keyRefusal !== undefined) return refuse(keyRefusal);
    const merchantRefusal =
      operation.merchantHeader === undefined
        ? undefined
        : steps.checkMerchant(request.headers[operation.merchantHeader], world);
    if (merchantRefusal !== undefined) return refuse(merchantRefusal);
    const fields = readBody(request);
    if (fields === undefined) return refuse({ status: 415, reason: `send ${operation.mediaTypes.join(' or ')}` });
    const errors = [...steps.validate(fields, validator, world), ...unknownFields(fields)];
    if (errors.length > 0) return badRequest(errors);
    const customer = await steps.customerFor(fields, world);
    return accepted(customer, steps.tokenFor(customer, fields, world));
  }

  /** The body's fields; undefined for a media type that is not read. */
  function readBody(request: MockRequest): Fields | undefined {
    const mediaType = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
    if (mediaType === 'application/json' && world.mockOptions.jsonBody === 'accept') return decodeJson(request.body);
    if (!operation.mediaTypes.includes(mediaType) && world.mockOptions.otherMediaType === 'refuse') return undefined;
    return steps.decode(request.body);
  }

  function unknownFields(fields: Fields): FieldError[] {
    if (world.mockOptions.unknownFields === 'ignore') return [];
    const known = operation.form.properties ?? {};
    return Object.keys(fields)
      .filter((field) => !(field in known))
      .map((field) => ({ field, problem: 'invalid', detail: 'is not a field of this operation' }));
  }

  const { rewrite } = options;
  return {
    path: operation.path,
    answer: rewrite === undefined ? answer : async (request) => rewrite(await answer(request), request),
  };
}

function decodeJson(body: string): Fields | undefined {
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value !== 'object' || value === null) return undefined;
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, String(entry)]));
  } catch {
    return undefined;
  }
}
