/** A line of formatted JSON. */
export interface JsonLine {
  readonly text: string;
  /** JSON pointer of the value on the line, or that begins or ends there. */
  readonly pointer: string;
}

/** The strings, numbers, words and punctuation of a valid JSON text. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[^\s"{}[\]:,]+|[{}[\]:,]/g;

/**
 * Formats a JSON text, one value per line. Keeps every token as it was sent: parsing and writing it again would lose the
 * spelling of numbers and escapes, the order, and repeated properties.
 * @returns undefined for a text that is not a JSON object or array
 */
export function layOutJson(text: string): JsonLine[] | undefined {
  if (!/^\s*[{[]/.test(text) || !isJson(text)) return undefined;
  const tokens = Array.from(text.matchAll(TOKEN), ([token]) => token);
  const lines: { text: string; pointer: string }[] = [];
  let at = 0;
  const next = () => tokens[at++] ?? '';
  const layOut = (start: string, pointer: string, indent: string): void => {
    const open = next();
    const isEmpty = (open === '{' || open === '[') && /^[}\]]$/.test(tokens[at] ?? '');
    lines.push({ text: `${start}${open}${isEmpty ? next() : ''}`, pointer });
    if (isEmpty || (open !== '{' && open !== '[')) return;
    for (let index = 0, mark = ','; mark === ','; index += 1) {
      const key = open === '{' ? next() : undefined;
      if (key !== undefined) at += 1;
      const name = key === undefined ? index : (JSON.parse(key) as string).replaceAll('~', '~0').replaceAll('/', '~1');
      layOut(`${indent}  ${key === undefined ? '' : `${key}: `}`, `${pointer}/${name}`, `${indent}  `);
      mark = next();
      const last = lines.at(-1);
      if (mark === ',' && last !== undefined) last.text += mark;
      else lines.push({ text: `${indent}${mark}`, pointer });
    }
  };
  layOut('', '', '');
  return lines;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
