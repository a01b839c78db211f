import { PROOF_KEYS } from '../mock/proof-keys.ts';
import type { MockRequest, MockResponse } from '../mock/steps.ts';
import type { HttpOutcome, Target } from './target.ts';

const ENCODER = new TextEncoder();

/** A mock, or a front of one, which may leave a call without an answer, reported without delay. */
export interface Answering {
  answer(request: MockRequest): Promise<MockResponse | 'no-answer'>;
}

/** A mock as a target, without a network and msw, because the proof makes some hundred thousand calls. */
export function directTarget(mock: Answering): Target {
  return {
    kind: 'mock',
    host: 'proof',
    ...PROOF_KEYS,
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
