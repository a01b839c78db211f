import type { CaseVerdict } from '../../suites/judge/result.ts';

/** The word that a verdict is shown by. */
export const WORDS: Readonly<Record<CaseVerdict, string>> = {
  fail: 'broken',
  error: 'not judged',
  waived: 'waived',
  'not-run': 'not run',
  observed: 'observed',
  pass: 'held',
};

/** The words for counting cases. */
export const COUNTED: Readonly<Record<CaseVerdict, string>> = {
  fail: 'failed',
  error: 'not judged',
  waived: 'waived',
  'not-run': 'not run',
  observed: 'observed',
  pass: 'passed',
};

/** The order in which verdicts are listed: what needs somebody first. */
export const VERDICTS: readonly CaseVerdict[] = ['fail', 'error', 'waived', 'not-run', 'observed', 'pass'];

/** Every word of a report, and what it means. */
export const GLOSSARY: readonly (readonly [string, string])[] = [
  ['claim', 'One thing that the documentation page says, or leaves open, in our words. Its id never changes.'],
  ['case', 'One question to the server, made to test one claim: a request, or a few that belong together.'],
  ['held', 'The page states it, and the server did it in every case that was made for it.'],
  [
    'broken',
    'The page states it, and the server did something else in at least one case. The server does not conform.',
  ],
  ['waived', 'Broken, and a waiver names the case or the claim, with a reason, an owner and a date at which it ends.'],
  ['observed', 'The page leaves it open. What the server did was noted; no server passes or fails by it.'],
  ['not judged', 'No answer came that could be judged, or the suite itself failed. It says nothing of the server.'],
  ['not run', 'The case was not selected, the run ended before it, or the recording does not have it.'],
  ['replay', 'The answers come from the recording of an earlier run. Nothing is sent, and no server is there.'],
  ['pinned', 'An observation that was noted in a file, so that a later run can say when the server does otherwise.'],
  [
    'execution, seed',
    'A property is tried in many executions, each with other values; the same seed gives the same values again.',
  ],
  ['worst first', 'First what gives somebody access to what is another’s, then what most cases ran into.'],
  [
    'mutant',
    'A server with one deliberate fault. The suite was tried on each; a mutant is killed when the suite fails it.',
  ],
  ['JSON pointer', 'The place in a JSON body, as in RFC 6901: /juspay/client_auth_token.'],
  ['[API key], [merchant id], [client auth token]', 'Stand where a secret was. Reports never hold one.'],
];
