import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

const DECODERS = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

/**
 * Undoes a content coding (RFC 9110, 8.4.1).
 * @param coding the Content-Encoding header
 * @param limit bytes that come out at most: a small body can unpack to gigabytes
 * @throws RangeError for a body over the limit, Error for a coding that is unknown or data that are broken
 */
export async function decodeContent(body: Buffer, coding: string | undefined, limit: number): Promise<Uint8Array> {
  const name = (coding ?? 'identity').trim().toLowerCase();
  if (name === 'identity' || name === '' || body.length === 0) return new Uint8Array(body);
  if (!(name in DECODERS)) throw new Error(`the body has the content coding "${name}", which was not asked for`);
  try {
    return new Uint8Array(await DECODERS[name as keyof typeof DECODERS](body, { maxOutputLength: limit }));
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new RangeError(`the body unpacks to more than ${limit} bytes`);
    throw new Error(`the body is not valid ${name}`, { cause: thrown });
  }
}
