import { allCases } from '../cases/all.ts';
import type { CaseResult } from '../judge/result.ts';
import { createMasker, type Masker } from './mask.ts';

/** Properties that hold what a person can be told by. A country code tells nobody. */
const PERSONAL = /mail|phone|mobile|name|address|birth|object_reference_id|customer_id/i;
const NOT_PERSONAL = /country_code|^(?:error|status|object$)|field|file|host|user_?agent/i;
/** Bounded, so that a long text without an @ costs no more than its length. */
const EMAIL = /[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,8}/gi;

/** One request and what came back, as text. */
export interface Told {
  readonly sent: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Finds what a live server's answers tell about customers that are not ours: values of personal properties, and email
 * addresses wherever they stand. Ours are those that a case sends, in whatever letter case, shortened or lengthened.
 * @returns a masker of what the answers of one case tell; undefined where that is nothing. Made once a run
 */
export function createForeignDataFinder(): (told: readonly Told[]) => Masker | undefined {
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
  return (told) => {
    const sent = new Set(told.flatMap((one) => textsSent(one.sent)).map(plain));
    const foreign = told
      .flatMap(({ body, headers }) => personalTexts(body, headers))
      .filter((text) => !isOurs(text, sent));
    return foreign.length === 0 ? undefined : maskerOf(foreign);
  };
}

/** Masks in a result what its answers tell about customers that are not ours. @returns masks a result; made once a run */
export function createPersonalDataMask(): (result: CaseResult) => CaseResult {
  const find = createForeignDataFinder();
  return (result) => {
    const told = result.exchanges.map(({ request, response }) => {
      return { sent: request.body, body: response?.body ?? '', headers: response?.headers ?? {} };
    });
    return find(told)?.maskDeep(result) ?? result;
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
