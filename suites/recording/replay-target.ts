import type { Target } from '../targets/target.ts';
import type { Recording } from './recording.ts';
import { requestWriter } from './written-request.ts';

/** Stand in for the key and the account of the recorded run, which the recording does not hold. */
const REPLAY_KEYS = { apiKey: 'replay_api_Key_0001', account: 'replay_account' };

/** A target that answers as the recorded server did, without a network. What was not recorded is said to be so. */
export function openReplayTarget(recording: Recording): Target {
  const keys = { ...REPLAY_KEYS, headers: recording.run.headers ?? [] };
  const write = requestWriter(keys);
  return {
    kind: 'replay',
    host: recording.run.host,
    ...keys,
    nonce: recording.run.nonce,
    explained: recording.explained,
    async send(request, origin) {
      if (origin !== undefined) return recording.find(write(request), origin);
      return { kind: 'failure', reason: 'not-recorded', message: 'not recorded', retried: [], ms: 0 };
    },
    close: async () => {},
  };
}
