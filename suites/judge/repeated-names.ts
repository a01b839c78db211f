/** Of a name that is there more often than this, the first values and the last one are read. */
const MOST = 8;

interface Name {
  readonly from: number;
  readonly to: number;
}

/**
 * Where objects of a JSON text have one name more than once: the text with the first of the values, the second and so on,
 * but for the last, which `JSON.parse` reads anyway. None where every name is there once.
 * @param text valid JSON. Read once, from left to right, at any depth
 */
export function otherReadings(text: string): string[] {
  const repeated = repeatedNames(text);
  const count = Math.min(
    repeated.reduce((most, names) => Math.max(most, names.length - 1), 0),
    MOST - 1,
  );
  return Array.from({ length: count }, (_, reading) => {
    // A value that is not read has an empty name, which no claim is about.
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

/** The names of each object that are there more than once, by where they stand. */
function repeatedNames(text: string): Name[][] {
  const repeated: Name[][] = [];
  // For each object or array that is open: the names so far, by where they begin, or all places of one; undefined for an array.
  const open: (Map<string, number | Name[]> | undefined)[] = [];
  for (let place = 0; place < text.length; place++) {
    const character = text.charAt(place);
    if (character === '{') open.push(new Map());
    else if (character === '[') open.push(undefined);
    else if (character === ']' || character === '}') open.pop();
    else if (character === '"') {
      const to = endOfText(text, place);
      const names = open.at(-1);
      if (names !== undefined && isBeforeColon(text, to)) {
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

function endOfText(text: string, from: number): number {
  let place = from + 1;
  while (place < text.length && text.charAt(place) !== '"') place += text.charAt(place) === '\\' ? 2 : 1;
  return place + 1;
}

function isBeforeColon(text: string, from: number): boolean {
  let place = from;
  while (' \t\r\n'.includes(text.charAt(place)) && place < text.length) place++;
  return text.charAt(place) === ':';
}
