import './no-web-storage.ts';
// Not from msw's main entry, which also loads GraphQL and WebSockets and would take a tenth of a run.
import { http } from 'msw/core/http';
import type { Contract } from '../../spec/contract.ts';
import { mockHandlers } from '../mock/handlers.ts';
import { createMock } from '../mock/mock.ts';
import type { MockOptions } from '../mock/options.ts';
import type { HttpOutcome, HttpRequest, Target } from './target.ts';

/** The mock's fixed, public key and account. */
const KEYS = { apiKey: 'mock_api_Key_0001', account: 'mock_account' };

/** A new, empty mock, called through msw. @param mockOptions others have their default */
export function openMockTarget(contract: Contract, mockOptions: Partial<MockOptions> = {}): Target {
  const handlers = mockHandlers(http, createMock(contract.document, { ...KEYS, mockOptions }));
  return {
    kind: 'mock',
    host: 'built-in mock',
    ...KEYS,
    send: (request) => ask(handlers, request),
    close: async () => {},
  };
}

/** A Request whose body stays text: converting it to a stream, cloning and reading it takes longer than the answer. */
class TextRequest extends Request {
  override readonly text: () => Promise<string>;
  /** msw clones for its log; text can be read twice. */
  override readonly clone = (): Request => this;

  constructor(url: string, { method, headers, body }: Omit<HttpRequest, 'path'>) {
    // Headers with the same name are joined.
    const joined = Object.entries(headers).map(([name, value]): [string, string] => [
      name,
      value.replaceAll('\n', ', '),
    ]);
    super(url, { method, headers: joined });
    this.text = () => Promise.resolve(body);
  }
}

/** Like msw's getResponse, without loading all of msw. */
async function respond(handlers: ReturnType<typeof mockHandlers>, request: Request): Promise<Response | undefined> {
  for (const handler of handlers) {
    const result = await handler.run({ request, requestId: REQUEST_ID });
    if (result?.response !== undefined) return result.response;
  }
  return undefined;
}

/** Only used in msw's own events, which have no listeners here. */
const REQUEST_ID = 'conformance';

async function ask(handlers: ReturnType<typeof mockHandlers>, request: HttpRequest): Promise<HttpOutcome> {
  const started = performance.now();
  const { method, path, headers, body } = request;
  const response = await respond(handlers, new TextRequest(`http://mock.test${path}`, { method, headers, body }));
  const ms = performance.now() - started;
  if (response === undefined) {
    return { kind: 'failure', reason: 'unreachable', message: `the mock has no handler for ${path}`, retried: [], ms };
  }
  return {
    kind: 'answer',
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: new Uint8Array(await response.arrayBuffer()),
    retried: [],
    sentAt: started,
    ms,
  };
}
