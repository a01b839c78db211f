import type { Contract } from '../../spec/contract.ts';
import { createMock } from '../mock/mock.ts';
import type { MockOptions } from '../mock/options.ts';
import { PROOF_KEYS } from '../mock/proof-keys.ts';
import type { MockRequest, MockResponse } from '../mock/steps.ts';
import type { HttpOutcome, Keys, Target } from './target.ts';

/** The mock's fixed, public key and account. */
const KEYS = { apiKey: 'mock_api_Key_0001', account: 'mock_account' };
const ENCODER = new TextEncoder();

/** A mock, or a front of one, which may leave a call without an answer, reported without delay. */
export interface Answering {
  answer(request: MockRequest): Promise<MockResponse | 'no-answer'>;
}

/** A new, empty mock. @param mockOptions others have their default */
export function openMockTarget(contract: Contract, mockOptions: Partial<MockOptions> = {}): Target {
  return directTarget(createMock(contract.document, { ...KEYS, mockOptions }), KEYS, 'built-in mock');
}

/** A mock as a target, without a network and msw, because starting is most of a run's time, and the proof runs thousands. */
export function directTarget(mock: Answering, keys: Keys = PROOF_KEYS, host = 'proof'): Target {
  return {
    ...{ kind: 'mock', host, apiKey: keys.apiKey, account: keys.account },
    async send(request): Promise<HttpOutcome> {
      const sentAt = performance.now();
      const outcome = await mock.answer(request);
      const made = { retried: [], sentAt, ms: performance.now() - sentAt };
      if (outcome === 'no-answer') {
        return { kind: 'failure', reason: 'timeout', message: 'no complete answer within 10 s', ...made, ms: 10_000 };
      }
      const { status, headers, body } = outcome;
      return { kind: 'answer', status, headers, body: typeof body === 'string' ? ENCODER.encode(body) : body, ...made };
    },
    close: async () => {},
  };
}
