import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { layOutJson } from './json-layout.ts';

describe('laying out JSON', () => {
  test('names the place of every line, and keeps every token as it was sent', () => {
    const sent = '{"a":1.0,"a":1e2, "b/~":{"c":[ {"d":"\\u0041,]"} ,[], {}]},"e":null}';
    expect(layOutJson(sent)?.map(({ text, pointer }) => `${pointer.padEnd(12)}|${text}`)).toEqual([
      '            |{',
      '/a          |  "a": 1.0,',
      '/a          |  "a": 1e2,',
      '/b~1~0      |  "b/~": {',
      '/b~1~0/c    |    "c": [',
      '/b~1~0/c/0  |      {',
      '/b~1~0/c/0/d|        "d": "\\u0041,]"',
      '/b~1~0/c/0  |      },',
      '/b~1~0/c/1  |      [],',
      '/b~1~0/c/2  |      {}',
      '/b~1~0/c    |    ]',
      '/b~1~0      |  },',
      '/e          |  "e": null',
      '            |}',
    ]);
  });

  test('is as JSON.stringify lays it out, for every value', () => {
    fc.assert(
      fc.property(fc.oneof(fc.object({ maxDepth: 4 }), fc.array(fc.jsonValue())), (value) => {
        const text = JSON.stringify(value);
        const lines = layOutJson(text)?.map((line) => line.text);
        expect(lines?.join('\n')).toBe(JSON.stringify(JSON.parse(text), null, 2));
      }),
    );
  });

  test.each(['', 'text', '"text"', '12', '{"a":', '<html>', '{a:1}'])('leaves %j alone', (text) => {
    expect(layOutJson(text)).toBeUndefined();
  });
});
