import type { Case } from '../suites/cases/case.ts';
import type { CaseResult, Exchange } from '../suites/judge/result.ts';
import type { TriedCharacters } from './reported-case.ts';

const EXPECT = { accepted: 'accepted', 'bad-request': 'refused', refused: 'refused', anything: 'open' } as const;

/** What a case tried in a field, and the result; undefined for a case that tries no characters. */
export function triedCharacters({ tries, steps }: Case, result: CaseResult): TriedCharacters | undefined {
  const last = steps.at(-1);
  if (tries === undefined || last === undefined) return undefined;
  const asked = result.exchanges.find(({ stepIndex }) => stepIndex === steps.length - 1);
  const expect = EXPECT[last.expect];
  const seen =
    asked === undefined
      ? undefined
      : seenIn(asked, steps.length === 1 && expect !== 'refused' ? tries.field : undefined);
  // A refusal for another reason (no access, too many requests) says nothing about the character.
  const isJudged = expect === 'open' || result.held !== null || seen !== 'refused';
  return { ...tries, expect, ...(seen === undefined || !isJudged ? {} : { seen }) };
}

/** @param field undefined for a customer that may already exist, whose data a server may keep */
function seenIn({ request, response }: Exchange, field: string | undefined): TriedCharacters['seen'] {
  if (response === undefined) return undefined;
  if (response.status < 200 || response.status > 299) return 'refused';
  if (field === undefined) return 'accepted';
  const sent = new URLSearchParams(request.body).get(field);
  const back = propertyOf(response.body, field);
  // A missing field breaks another claim.
  return back === undefined || sent === null || back === sent ? 'accepted' : 'changed';
}

function propertyOf(body: string, name: string): unknown {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
      ? (value as Record<string, unknown>)[name]
      : undefined;
  } catch {
    return undefined;
  }
}
