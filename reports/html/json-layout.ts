/** A line of a JSON text, laid out for reading. */
export interface JsonLine {
  readonly text: string;
  /** JSON pointer of the value that begins, ends or stands on the line. */
  readonly pointer: string;
}

/** Strings, numbers and words, and each mark, of a text that is known to be JSON. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[^\s"{}[\]:,]+|[{}[\]:,]/g;

/**
 * Lays a JSON text out, a value a line. Every token stays as it was sent: numbers, escapes, order and properties that are
 * there twice, all of which would be lost by parsing it and writing it again.
 * @returns undefined for a text that is no JSON object or array
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
