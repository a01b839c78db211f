import type { Target } from '../targets/target.ts';
import type { Recording } from './recording.ts';
import { requestWriter } from './written-request.ts';

/** Replace the key and account of the recorded run, which are not in the recording. */
const REPLAY_KEYS = { apiKey: 'replay_api_Key_0001', account: 'replay_account' };

/** A target that answers from a recording, without a network; `not-recorded` for other requests. */
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
