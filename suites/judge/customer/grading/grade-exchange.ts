import type { Echo } from '../../../../spec/echoes.ts';
import type { Validators } from '../../../../spec/schemas.ts';
import type { HttpAnswer } from '../../../targets/target.ts';
import type { Flaw } from '../../result.ts';
import { checkAccepted, tokenFor } from '../accepted-answer.ts';
import type { Asked } from '../echoed-fields.ts';
import { checkBadRequestBody, checkRefused, isErrorBody } from '../refused-answer.ts';
import { FORM } from '../request.ts';
import type { OperationExchange } from './operation-exchange.ts';
import { mistakesIn, openPartOf } from './plain-request.ts';
import type { Access } from './request-access.ts';

/** The grade of a single exchange. */
export interface Grade {
  readonly verdict: 'pass' | 'fail' | 'not-judged';
  readonly flaws: readonly Flaw[];
  /** Why it was not judged. */
  readonly reason?: string;
  /** The customer in the answer, if any. */
  readonly value?: Readonly<Record<string, unknown>>;
}

/** Everything needed to grade an exchange. */
export interface Grading {
  readonly validators: Validators;
  readonly echoes: readonly Echo[];
  readonly access: Access;
  /** Whether the call created the customer, by the server's clock, so that what was sent has to come back. */
  readonly creates: (value: Readonly<Record<string, unknown>>) => boolean;
}

const NO_BODY = 'a request whose body is not in the file';
const PARAMETER = "the media type's parameter (EP-5)";

/** The key may be revoked, or the address not allowed; the file does not say. */
const NO_ACCESS = new Set([401, 403]);
const NOT_NOW = new Set([408, 429, 502, 503, 504]);

/** Checks an exchange by every claim that it can decide alone. */
export function gradeExchange(exchange: OperationExchange, grading: Grading): Grade {
  const { answer } = exchange;
  const { access } = grading;
  if (answer === undefined) return notJudged('no answer is in the file');
  const { status } = answer;
  if (NOT_NOW.has(status)) return notJudged(`status ${status} says "not now", and nothing about the request`);
  if (status < 200 || (status >= 300 && status < 400))
    return notJudged(`status ${status} is not an answer of the operation`);
  if (access.kind === 'must-refuse') return graded(checkRefused(answer, access.claim, [], exchange.fields ?? {}));
  if (NO_ACCESS.has(status)) return notJudged(`status ${status} is about access, and says nothing about the request`);
  const open = openKindOf(exchange);
  const fields = exchange.fields ?? {};
  const mistakes = open === undefined ? mistakesIn(fields, grading.validators) : [];
  if (status < 300) {
    const wrongly = mistakes.length > 0 && exchange.bodyKnown && isErrorBody(answer, grading.validators);
    if (mistakes.length > 0) {
      const claims = wrongly ? ['ER-1'] : mistakes.map(({ claim }) => claim);
      return graded(claims.map((claim) => ({ claim, expected: 'status 400', actual: `status ${status}` })));
    }
    return gradeAccepted(exchange, answer, open === undefined ? fields : {}, grading);
  }
  if (open !== undefined) return notJudged(`${open} may be refused`);
  return mistakes.length > 0
    ? gradeBadRequest(answer, exchange, grading)
    : gradeRefusedThoughValid(answer, exchange, grading);
}

/** Why the page leaves the answer to a request completely open, if it does. */
function openKindOf({ mediaType, fields, repeats }: OperationExchange): string | undefined {
  if (fields === undefined && (mediaType === '' || mediaType === FORM)) return NO_BODY;
  if (mediaType === 'application/json') return 'a JSON body (EP-3)';
  if (mediaType !== FORM) return 'a form with another media type, or without one (EP-5)';
  return repeats ? 'a field that is sent twice (RQ-18)' : undefined;
}

function gradeAccepted(
  { bodyKnown }: OperationExchange,
  answer: HttpAnswer,
  fields: Readonly<Record<string, string>>,
  { validators, echoes, creates }: Grading,
): Grade {
  if (!bodyKnown) {
    if (answer.status === 200) return notJudged("the answer's body is not in the file");
    return graded([{ claim: 'RS-1', expected: 'status 200', actual: `status ${answer.status}` }]);
  }
  const reference = fields['object_reference_id'];
  const plain = reference !== undefined;
  const token = plain ? tokenFor(fields) : 'open';
  const asked = (sent: Readonly<Record<string, string>>): Asked => {
    return { fields: sent, token, echoClaim: plain ? 'RS-4' : null, tokenClaim: 'TK-1', isNew: false };
  };
  // An older customer may have other data, of which a server may keep the first (GC-5), or a reference in another letter
  // case (GC-6).
  const cautious = checkAccepted(answer, asked(plain ? { object_reference_id: reference } : {}), validators, echoes);
  const { value } = cautious;
  if (value === undefined) return graded(cautious.flaws);
  const returned = String(value['object_reference_id']);
  const otherCase = plain && returned.toLowerCase() === reference.toLowerCase();
  const flaws =
    plain && openPartOf(fields) === undefined && creates(value)
      ? checkAccepted(answer, asked(fields), validators, echoes).flaws
      : cautious.flaws.filter(({ pointer }) => !(otherCase && pointer === '/object_reference_id'));
  return { ...graded(flaws), value };
}

function gradeBadRequest(answer: HttpAnswer, exchange: OperationExchange, grading: Grading): Grade {
  if (answer.status === 400) return grade400(answer, exchange, grading);
  const flaws = [{ claim: 'ER-1', expected: 'status 400', actual: `status ${answer.status}` }];
  if (exchange.hasParameter && answer.status < 500) return notJudged(`status ${answer.status} may be for ${PARAMETER}`);
  if (answer.status >= 500 || grading.access.kind === 'let-in') return graded(flaws);
  return notJudged(`status ${answer.status} may be for the credentials: ${whyUnknown(grading.access)}`);
}

function gradeRefusedThoughValid(answer: HttpAnswer, exchange: OperationExchange, grading: Grading): Grade {
  const { status } = answer;
  const open = openPartOf(exchange.fields ?? {}) ?? (exchange.hasParameter ? PARAMETER : undefined);
  if (open !== undefined) {
    return status === 400 ? grade400(answer, exchange, grading) : notJudged(`status ${status} may be for ${open}`);
  }
  if (status < 500 && grading.access.kind !== 'let-in') {
    return notJudged(`status ${status} may be for the credentials: ${whyUnknown(grading.access)}`);
  }
  const expected = 'status 200, because the page accepts every field';
  return graded([{ claim: 'RS-1', expected, actual: `status ${status}` }]);
}

/** A 400 for the request must have a documented body; one for the credentials may have any. */
function grade400(answer: HttpAnswer, { bodyKnown }: OperationExchange, { access, validators }: Grading): Grade {
  if (!bodyKnown) return notJudged("the answer's body is not in the file");
  const flaws = checkBadRequestBody(answer, validators);
  if (flaws.length === 0 || access.kind === 'let-in') return graded(flaws);
  return notJudged(`the 400 may be for the credentials: ${whyUnknown(access)}`);
}

function whyUnknown(access: Access): string {
  return access.kind === 'unknown' ? access.why : 'they must be refused';
}

function graded(flaws: readonly Flaw[]): Grade {
  return { verdict: flaws.length > 0 ? 'fail' : 'pass', flaws };
}

function notJudged(reason: string): Grade {
  return { verdict: 'not-judged', flaws: [], reason };
}
