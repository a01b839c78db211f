const LETTERS = 'abcdefghijklmnop';
const TEMPLATE = /\{(?:([dXaA]?)(\d{1,2})|(uuid|UUID))(?:@(\d{1,2}))?\}/g;

/** Offset between the digits of two customers of one case. */
const STRIDE = 7;

/**
 * Replaces templates by a case's own digits: `{n}` is n hexadecimal digits, `{Xn}` uppercase ones, `{dn}` decimal ones, `{an}`
 * and `{An}` letters, `{uuid}` and `{UUID}` a UUID. A suffix `@k` uses those of the case's k-th customer.
 * @param digits 64 hexadecimal digits
 */
export function fillIn(text: string, digits: string): string {
  return text.replace(TEMPLATE, (_, kind: string | undefined, length: string | undefined, uuid: string, who = '0') => {
    const from = (Number(who) * STRIDE) % digits.length;
    const own = digits.slice(from) + digits.slice(0, from);
    if (length === undefined) return uuid === 'UUID' ? uuidOf(own).toUpperCase() : uuidOf(own);
    const taken = own.slice(0, Number(length));
    return kind === undefined ? taken : (SPELLED[kind]?.(taken) ?? taken);
  });
}

const SPELLED: Readonly<Record<string, (hex: string) => string>> = {
  X: (hex) => hex.toUpperCase(),
  d: (hex) => Array.from(hex, (digit) => Number.parseInt(digit, 16) % 10).join(''),
  a: lettersOf,
  A: (hex) => lettersOf(hex).toUpperCase(),
};

function lettersOf(hex: string): string {
  return Array.from(hex, (digit) => LETTERS[Number.parseInt(digit, 16)]).join('');
}

/** A UUID of the random version. */
function uuidOf(hex: string): string {
  return hex.slice(0, 30).replace(/^(.{8})(.{4})(.{3})(.{3})/, '$1-$2-4$3-a$4-');
}

/** Whether a text contains a template. */
export function isTemplate(text: string): boolean {
  return text.search(TEMPLATE) !== -1;
}

/** How many own digits a text gets: with few, two customers could be the same. */
export function ownDigits(text: string): number {
  const counts = Array.from(text.matchAll(TEMPLATE), ([, , length]) => (length === undefined ? 30 : Number(length)));
  return Math.max(0, ...counts);
}

/** The text with templates for the case's k-th customer. */
export function templatesOf(text: string, who: number): string {
  return who === 0 ? text : text.replace(TEMPLATE, (template) => `${template.slice(0, -1)}@${who}}`);
}
