import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';

type Decoder = (body: Uint8Array, options: { readonly maxOutputLength: number }) => Promise<Uint8Array>;

const [gzip, zlib, raw]: Decoder[] = [promisify(gunzip), promisify(inflate), promisify(inflateRaw)];
const DECODERS = new Map<string, Decoder | undefined>([
  ['gzip', gzip],
  ['x-gzip', gzip],
  // Some servers omit the zlib header that RFC 9110 requires; browsers accept both.
  ['deflate', (body, options) => ((isZlib(body) ? zlib : raw) as Decoder)(body, options)],
  ['br', promisify(brotliDecompress)],
]);

/** Nobody nests more content codings than this. */
const MOST = 5;

/**
 * Decodes content codings (RFC 9110, 8.4), the last one first.
 * @param codings the Content-Encoding header
 * @param limit maximum size of the result: a small body can expand to gigabytes
 * @throws RangeError for a body over the limit, Error for an unknown coding or invalid data
 */
export async function decodeContent(body: Buffer, codings: string | undefined, limit: number): Promise<Uint8Array> {
  const names = (codings ?? '').split(',').map((name) => name.trim().toLowerCase());
  const applied = names.filter((name) => name !== '' && name !== 'identity').reverse();
  if (body.length === 0) return new Uint8Array();
  if (applied.length > MOST) throw new Error(`the body has ${applied.length} nested content codings`);
  let decoded = plainBytes(body);
  for (const name of applied) decoded = await decodeOne(decoded, name, limit);
  return decoded;
}

async function decodeOne(body: Uint8Array, name: string, limit: number): Promise<Uint8Array> {
  const decoder = DECODERS.get(name);
  if (decoder === undefined) {
    throw new Error(`the body has the content coding ${JSON.stringify(name.slice(0, 40))}, which was not requested`);
  }
  try {
    return plainBytes(await decoder(body, { maxOutputLength: limit }));
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE')
      throw new RangeError(`the body decompresses to more than ${limit} bytes (JUSPAY_MAX_ANSWER_BYTES)`);
    throw new Error(`the body is not valid ${name}`, { cause: thrown });
  }
}

/** The same bytes without copying, because an answer may be large. */
function plainBytes({ buffer, byteOffset, length }: Uint8Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, length);
}

/** Whether the data start with a zlib header (RFC 1950). */
function isZlib([first = 0, second = 0]: Uint8Array): boolean {
  return (first & 0x0f) === 8 && ((first << 8) | second) % 31 === 0;
}
