import { afterBlanks, endOfText } from './json-text.ts';

/** Maximum values to read of a repeated name: the first ones and the last. */
const MOST = 8;

interface Name {
  readonly from: number;
  readonly to: number;
}

/**
 * For repeated names in objects of a JSON text: the text with only the first of the values, only the second and so on,
 * without the last, which `JSON.parse` reads anyway. Empty without repeated names.
 * @param text valid JSON, of any depth; read once
 */
export function otherReadings(text: string): string[] {
  const repeated = repeatedNames(text);
  const count = Math.min(
    repeated.reduce((most, names) => Math.max(most, names.length - 1), 0),
    MOST - 1,
  );
  return Array.from({ length: count }, (_, reading) => {
    // An unread value gets an empty name, which no claim is about.
    const hidden = repeated.flatMap((names) =>
      names.filter((_name, index) => index !== Math.min(reading, names.length - 1)),
    );
    hidden.sort((a, b) => a.from - b.from);
    let result = '';
    let done = 0;
    for (const { from, to } of hidden) {
      result += `${text.slice(done, from)}""`;
      done = to;
    }
    return result + text.slice(done);
  });
}

/** The positions of repeated names, by object. */
function repeatedNames(text: string): Name[][] {
  const repeated: Name[][] = [];
  // For each open object its names, with their position or all positions if repeated; undefined for an open array.
  const open: (Map<string, number | Name[]> | undefined)[] = [];
  for (let place = 0; place < text.length; place++) {
    const character = text.charAt(place);
    if (character === '{') open.push(new Map());
    else if (character === '[') open.push(undefined);
    else if (character === ']' || character === '}') open.pop();
    else if (character === '"') {
      const to = endOfText(text, place);
      const names = open.at(-1);
      if (names !== undefined && text[afterBlanks(text, to)] === ':') {
        const written = text.slice(place, to);
        const name = written.includes('\\') ? String(JSON.parse(written)) : written.slice(1, -1);
        const same = names.get(name);
        if (same === undefined) names.set(name, place);
        else if (typeof same === 'object') same.push({ from: place, to });
        else {
          const both = [
            { from: same, to: endOfText(text, same) },
            { from: place, to },
          ];
          names.set(name, both);
          repeated.push(both);
        }
      }
      place = to - 1;
    }
  }
  return repeated;
}
