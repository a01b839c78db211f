import type { Contract } from '../../spec/contract.ts';
import { ACCOUNT } from '../judge/customer/request.ts';
import { createForeignDataFinder, type Told } from '../secrets/personal-data.ts';
import { createRunMasker } from '../secrets/run-secrets.ts';
import { placeholder } from '../settings/headers.ts';
import { type HttpOutcome, type HttpRequest, type Target, withSending } from '../targets/target.ts';
import { entryOf, type Kept, type Mask, type RecordedEntry, textOf } from './recorded-entry.ts';
import { compareOrigins, keyOf, type RecordingHar } from './recorded-run.ts';
import { RecordedTokens } from './recorded-tokens.ts';
import { requestWriter } from './written-request.ts';

/** Metadata of a recording. */
export interface RecordingSource {
  readonly contract: Pick<Contract, 'version' | 'sha256'>;
  readonly baseUrl: string;
  readonly nonce: string;
  readonly started: Date;
}

/** Bytes kept of one answer and of all answers. Escaped they can grow sixfold, to a file of 20 MB. */
const ROOM = { answer: 65_536, run: 3_000_000 };

/**
 * Keeps every exchange of a case or a diagnosis.
 * @returns a target that forwards to the recorded one, and everything so far, masked and sorted by case id; writes nothing
 */
export function recordTarget(inner: Target, source: RecordingSource): { readonly target: Target; har(): RecordingHar } {
  const kept = new Map<string, Kept>();
  let room = ROOM.run;
  const withinRoom = (outcome: HttpOutcome): Pick<Kept, 'outcome' | 'leftOut'> => {
    const size = outcome.kind === 'answer' ? outcome.body.length : 0;
    if (size > Math.min(ROOM.answer, room)) {
      return { outcome: { ...outcome, body: new Uint8Array() } as HttpOutcome, leftOut: size };
    }
    room -= size;
    return { outcome, leftOut: 0 };
  };
  const target = withSending(inner, (send) => async (request, origin) => {
    const started = new Date();
    const outcome = await send(request, origin);
    // If a case runs twice, as in watch mode, the last exchange is kept.
    if (origin !== undefined) kept.set(keyOf(origin), { origin, request, started, ...withinRoom(outcome) });
    return outcome;
  });
  return { target: { ...target, nonce: source.nonce }, har: () => harOf([...kept.values()], inner, source) };
}

function harOf(
  all: readonly Kept[],
  inner: Target,
  { contract, baseUrl, nonce, started }: RecordingSource,
): RecordingHar {
  const kept = all.toSorted((a, b) => compareOrigins(a.origin, b.origin));
  const tokens = new RecordedTokens(kept.map(({ request }) => sentTexts(request)).join('\n'));
  const answers = kept.flatMap(({ outcome }) => (outcome.kind === 'answer' ? [outcome] : []));
  for (const { body } of answers) tokens.learn(textOf(body).text);
  for (const { body, headers } of answers) {
    for (const text of [textOf(body).text, ...Object.values(headers)]) tokens.learnLoose(text);
  }
  const secrets = createRunMasker(inner);
  const others = othersData(kept);
  const mask = (text: string) => secrets.mask(tokens.mask(text));
  const write = requestWriter(inner);
  const entries: RecordedEntry[] = [];
  const unwritable = new Set<string>();
  for (const one of kept) {
    const request = write(one.request);
    // A masked request would differ, and not be found in a replay.
    if (secrets.mask(JSON.stringify(request)) !== JSON.stringify(request)) unwritable.add(one.origin.case);
    else {
      const somebody = others.get(one.origin.case);
      entries.push(entryOf({ ...one, request }, baseUrl, (text) => mask(somebody?.(text) ?? text)));
    }
  }
  const headers = (inner.headers ?? []).map((header) =>
    header.secret ? { ...header, value: `[${placeholder(header.name)}]` } : header,
  );
  return {
    log: {
      version: '1.2',
      creator: { name: 'juspay-customer-conformance', version: contract.version },
      comment: `Key, ${ACCOUNT.name}, client auth tokens and other people's data are masked. Exchanges are found by _case, _step and _position.`,
      _recording: {
        format: 1,
        recorded: started.toISOString(),
        host: mask(inner.host),
        baseUrl: mask(baseUrl),
        contract: { version: contract.version, sha256: contract.sha256 },
        nonce,
        ...(headers.length === 0 ? {} : { headers }),
        tokens: tokens.shapes,
        unwritable: [...unwritable].sort(),
      },
      entries,
    },
  };
}

/** By case: masks for other customers' data in its answers. */
function othersData(kept: readonly Kept[]): Map<string, Mask> {
  const find = createForeignDataFinder();
  const asked = new Map<string, Told[]>();
  for (const { origin, request, outcome } of kept) {
    if (outcome.kind !== 'answer') continue;
    const told = asked.get(origin.case) ?? [];
    told.push({ sent: request.body, body: textOf(outcome.body).text, headers: outcome.headers });
    asked.set(origin.case, told);
  }
  return new Map(
    [...asked].flatMap(([id, told]) => {
      const mask = find(told);
      return mask === undefined ? [] : [[id, mask]];
    }),
  );
}

/** A request's body, as sent and decoded. */
function sentTexts({ body }: HttpRequest): string {
  return [body, ...new URLSearchParams(body).values()].join('\n');
}
