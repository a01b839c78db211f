/** A way in which a secret may be written. */
export interface Spelling {
  readonly text: string;
  /** Cut out of base64, whose characters around it hold the rest of the secret. */
  readonly insideBase64: boolean;
}

/** Shorter texts are looked for as they stand, but not in encodings, where they would match by chance. */
export const SHORTEST_ENCODED = 4;

/**
 * Every spelling of a secret that is looked for: raw; percent-, form- and JSON-coded; escaped for XML and HTML; in
 * hexadecimal; in base64 and base64url at any offset, so that `key`, `key:` and `user:key` are all found.
 */
export function spellingsOf(secret: string): Spelling[] {
  if (secret.length < SHORTEST_ENCODED) return [{ text: secret, insideBase64: false }];
  const texts = new Set([secret]);
  const form = new URLSearchParams([['', secret]]).toString().slice(1);
  for (const text of [encodeURIComponent(secret), encodeURI(secret), form]) addBothCases(texts, text, /%../g);
  const json = JSON.stringify(secret).slice(1, -1);
  texts.add(json).add(json.replaceAll('/', '\\/'));
  addBothCases(texts, codeUnits(secret, /[^\w]/g), /\\u..../g);
  addBothCases(texts, codeUnits(secret, /[\s\S]/g), /\\u..../g);
  texts.add(
    secret.replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? '&#39;'),
  );
  const bytes = Buffer.from(secret);
  const hexadecimal = bytes.toString('hex');
  addBothCases(texts, hexadecimal, /.+/g);
  addBothCases(texts, hexadecimal.replace(/../g, '%$&'), /%../g);
  // JSON within JSON: whoever quotes an escaped text escapes its backslashes, and its quotes unless they are others.
  for (const text of [...texts].filter((one) => one.includes('\\'))) {
    texts.add(text.replaceAll('\\', '\\\\')).add(JSON.stringify(text).slice(1, -1));
  }
  return [...[...texts].map((text) => ({ text, insideBase64: false })), ...base64Spellings(bytes)];
}

function addBothCases(texts: Set<string>, text: string, codes: RegExp): void {
  texts.add(text);
  texts.add(text.replace(codes, (code) => code.toLowerCase()));
  texts.add(
    text.replace(codes, (code) => (code.startsWith('\\u') ? `\\u${code.slice(2).toUpperCase()}` : code.toUpperCase())),
  );
}

function codeUnits(text: string, which: RegExp): string {
  return text.replace(which, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * Base64 writes three bytes as four characters, so that a text has three spellings by where it begins. The characters at
 * both ends depend on the neighbours and are cut here.
 */
function base64Spellings(bytes: Buffer): Spelling[] {
  return [0, 1, 2].flatMap((offset) => {
    const padded = Buffer.concat([Buffer.alloc(offset), bytes]);
    const whole = padded.subarray(0, padded.length - (padded.length % 3));
    const core = whole.toString('base64').slice(offset === 0 ? 0 : 4);
    if (core.length < SHORTEST_ENCODED) return [];
    const url = core.replaceAll('+', '-').replaceAll('/', '_');
    return [...new Set([core, url])].map((text) => ({ text, insideBase64: true }));
  });
}
