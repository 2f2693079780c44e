import { brotliDecompressSync, gunzipSync } from 'node:zlib';

const GZIP = [0x1f, 0x8b] as const;
// What the texts of a web site begin with: JSON, HTML, blanks, and the mark of UTF-8.
const TEXT_STARTS = new Set(['{', '[', '<', '"', ' ', '\n', '\r', '\t', '\uFEFF'].map((c) => Buffer.from(c)[0]));

/**
 * The text of an answer. `fetch` unpacks what the header names; sites behind a content network were seen to pack without saying so, which the first bytes tell
 * (gzip has a mark, and brotli is what is neither gzip nor text).
 * @throws Error for bytes that are none of these, a cut-off packing among them
 */
export function unpackedText(bytes: Buffer): string {
  const isGzip = bytes[0] === GZIP[0] && bytes[1] === GZIP[1];
  if (isGzip) return gunzipSync(bytes).toString('utf8');
  if (bytes.length === 0 || TEXT_STARTS.has(bytes[0])) return bytes.toString('utf8');
  return brotliDecompressSync(bytes).toString('utf8');
}
