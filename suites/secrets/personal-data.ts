import { allCases } from '../cases/all.ts';
import type { CaseResult } from '../judge/result.ts';
import { createMasker, type Masker } from './mask.ts';

/** Properties that hold what a person can be told by. A country code tells nobody. */
const PERSONAL = /mail|phone|mobile|name|address|birth|object_reference_id|customer_id/i;
const NOT_PERSONAL = /country_code|^(?:error|status|object$)|field|file|host|user_?agent/i;
/** Bounded, so that a long text without an @ costs no more than its length. */
const EMAIL = /[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,8}/gi;

/**
 * Masks what a live server's answers tell about customers that are not ours: values of personal properties, and email
 * addresses wherever they stand. Ours are those that a case sends, in whatever letter case, shortened or lengthened.
 * @returns masks a result; made once a run
 */
export function createPersonalDataMask(): (result: CaseResult) => CaseResult {
  const ours = allCases.flatMap(({ steps }) => steps.flatMap(({ calls }) => calls.map(({ fields }) => fields)));
  const known = new Set(ours.flatMap((fields) => Object.values(fields)).map(plain));
  const names = new Set(ours.flatMap((fields) => Object.keys(fields)).map(plain));
  const isOurs = (text: string, sent: ReadonlySet<string>): boolean => {
    const value = plain(text);
    if (value === '' || known.has(value) || names.has(value) || sent.has(value)) return true;
    return [...sent].some(
      (one) => one.length >= 4 && value.length >= 4 && (one.includes(value) || value.includes(one)),
    );
  };
  return (result) => {
    const sent = new Set(result.exchanges.flatMap(({ request }) => textsSent(request.body)).map(plain));
    const foreign = result.exchanges
      .flatMap(({ response }) => (response === undefined ? [] : personalTexts(response.body, response.headers)))
      .filter((text) => !isOurs(text, sent));
    return foreign.length === 0 ? result : maskerOf(foreign).maskDeep(result);
  };
}

/** Letters and digits in small letters: what is left of a value that a server rewrites. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function textsSent(body: string): string[] {
  return [...new URLSearchParams(body).values(), ...personalTexts(body, {})];
}

function personalTexts(body: string, headers: Readonly<Record<string, string>>): string[] {
  const emails = [body, ...Object.values(headers)].flatMap((where) => where.match(EMAIL) ?? []);
  const pairs = [...body.matchAll(/"([^"\\]{1,80})"\s*:\s*(?:"((?:[^"\\]|\\.)*)"|(\d{6,}))/g)]
    .filter(([, name = '']) => PERSONAL.test(name) && !NOT_PERSONAL.test(name))
    .flatMap(([, , quoted, number]) => [quoted ?? number ?? '', unescaped(quoted ?? '')]);
  return [...new Set([...emails, ...pairs])].filter((value) => value !== '');
}

function unescaped(text: string): string {
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}

/** Short values are looked for in quotes alone: "Li" is in half of all words. */
function maskerOf(values: readonly string[]): Masker {
  const name = "somebody's data";
  return createMasker(
    values.flatMap((value) =>
      value.length >= 4
        ? [{ value, name }]
        : [
            { value: `"${value}"`, name },
            { value: `\\"${value}\\"`, name },
          ],
    ),
  );
}
