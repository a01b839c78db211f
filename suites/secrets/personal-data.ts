import { allCases } from '../cases/all.ts';
import { pairsIn, unquoted } from '../judge/json-text.ts';
import type { CaseResult } from '../judge/result.ts';
import { createMasker } from './mask.ts';
import { maskResult } from './mask-result.ts';

/** Properties that identify a person. A country code does not. */
const PERSONAL =
  /mail|phone|mobile|msisdn|contact|whatsapp|name|address|street|postal|birth|dob$|passport|object_reference_id|customer_id/i;
const NOT_PERSONAL = /country_code|^(?:error|status|object$)|field|file|host|user_?agent/i;
/** In other properties: a number that may be a phone number. */
const NUMBER = /^"?\+?\d[\d ().-]{6,18}\d"?$/;
const NOT_A_NUMBER =
  /(?:^|_)id$|id$|code|status|time|date|stamp|created|updated|expir|amount|total|count|version|juspay/i;

const NAME = "somebody's data";
/** Maximum values of one case to mask everywhere; further ones are masked only in their property. */
const MOST = 20_000;

/** One request and its answer, as text. */
export interface Told {
  readonly sent: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Finds other customers' data in a live server's answers: values of personal properties, possible phone numbers, and all
 * email addresses. Not data that the cases send, in any letter case, shortened or lengthened.
 * @returns makes a mask for text that quotes one case's answers; undefined if they reveal nothing. Create it once per run
 */
export function createForeignDataFinder(): (told: readonly Told[]) => ((text: string) => string) | undefined {
  const ours = allCases.flatMap(({ steps }) => steps.flatMap(({ calls }) => calls.map(({ fields }) => fields)));
  const known = new Set(ours.flatMap((fields) => [...Object.keys(fields), ...Object.values(fields)]).map(plain));
  return (told) => {
    const sent = new Set(told.flatMap((one) => textsSent(one.sent)).map(plain));
    const isForeign = (text: string): boolean => {
      const value = plain(text);
      if (value === '' || known.has(value) || sent.has(value)) return false;
      return value.length < 4 || ![...sent].some((one) => one.length >= 4 && isPart(one, value));
    };
    const foreign = new Set<string>();
    for (const { body, headers } of told) {
      for (const text of personalTexts(body, headers)) if (foreign.size < MOST && isForeign(text)) foreign.add(text);
    }
    if (foreign.size === 0) return undefined;
    const masker = createMasker([...foreign].flatMap(secretsFor));
    return (text) => masker.mask(maskInPlace(text, isForeign));
  };
}

/** Masks other customers' data in results. Create it once per run. */
export function createPersonalDataMask(): (result: CaseResult) => CaseResult {
  const find = createForeignDataFinder();
  return (result) => {
    const told = result.exchanges.map(({ request, response }) => {
      return { sent: request.body, body: response?.body ?? '', headers: response?.headers ?? {} };
    });
    const mask = find(told);
    return mask === undefined ? result : maskResult(result, mask);
  };
}

/** Letters and digits in lowercase, to recognize rewritten values. */
function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function isPart(one: string, other: string): boolean {
  return one.length < other.length ? other.includes(one) : one.includes(other);
}

function textsSent(body: string): string[] {
  return [...new URLSearchParams(body).values(), ...personalTexts(body, {})];
}

function* personalTexts(body: string, headers: Readonly<Record<string, string>>): Generator<string> {
  for (const where of [body, ...Object.values(headers)]) yield* emailsIn(where);
  for (const { name, written } of pairsIn(body)) {
    if (!isPersonal(name, written)) continue;
    yield unquoted(written);
    yield written.replaceAll(/^"|"$/g, '');
  }
}

function isPersonal(name: string, written: string): boolean {
  if (PERSONAL.test(name) && !NOT_PERSONAL.test(name)) return written.startsWith('"') || /^\d{6,}$/.test(written);
  return NUMBER.test(written) && !NOT_A_NUMBER.test(name);
}

/** All email addresses. Searches around each @, so that the cost stays linear. */
function* emailsIn(text: string): Generator<string> {
  for (let at = text.indexOf('@'); at !== -1; at = text.indexOf('@', at + 1)) {
    const local = /[\w.!#$%&'*+/=?^`{|}~-]{1,64}$/.exec(text.slice(Math.max(0, at - 64), at))?.[0];
    const domain = /^[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,8}/i.exec(text.slice(at + 1, at + 255))?.[0];
    if (local !== undefined && domain !== undefined) yield `${local}@${domain}`;
  }
}

/** Masks values of personal properties in place, even if they are common words. */
function maskInPlace(text: string, isForeign: (value: string) => boolean): string {
  let masked = '';
  let done = 0;
  for (const { name, written, from, to } of pairsIn(text)) {
    if (!isPersonal(name, written) || !isForeign(unquoted(written))) continue;
    // In quotes, also for a number, so that JSON stays valid.
    masked += `${text.slice(done, from)}"[${NAME}]"`;
    done = to;
  }
  return masked + text.slice(done);
}

/** Short values only match in quotes: "Li" is part of too many words. */
function secretsFor(value: string): { readonly value: string; readonly name: string; readonly plain: true }[] {
  return [{ value: value.length >= 4 ? value : `"${value}"`, name: NAME, plain: true }];
}
