import { asCorruptFile, corruptFile } from './corrupt-file.js';
import { parseExtendedJson } from './extended-json.js';
import { openedBytes } from './opened-bytes.js';

const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const [OPEN_BRACE, CLOSE_BRACE, OPEN_BRACKET, CLOSE_BRACKET] = [0x7b, 0x7d, 0x5b, 0x5d];

/** Finds the borders of the elements of a JSON array in a stream of bytes, without understanding them. */
class ElementScanner {
  depth = 0;
  ended = false;
  private inString = false;
  private escaped = false;

  /** Scans bytes; returns the offset just after the last element that is complete, -1 when none is. */
  scan(bytes: Uint8Array): number {
    let { depth, inString, escaped } = this;
    let complete = -1;
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] as number;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inString = false;
      } else if (byte === QUOTE) inString = true;
      else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++;
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) {
        depth--;
        if (depth === 1) complete = i + 1;
        else if (depth === 0) this.ended = true;
      }
    }
    this.depth = depth;
    this.inString = inString;
    this.escaped = escaped;
    return complete;
  }
}

function parseElements(parts: readonly Uint8Array[]): unknown[] {
  const text = Buffer.concat(parts).toString('utf8');
  const first = text.indexOf('{');
  // The border between two batches leaves the opening bracket or a comma in front.
  const front = text.slice(0, first < 0 ? text.length : first);
  if (/[^\s,[]/.test(front)) throw new SyntaxError(`"${front.trim().slice(0, 20)}" where an object should begin`);
  return parseExtendedJson(`[${text.slice(first)}]`) as unknown[];
}

/**
 * The objects of a JSON array in a file (gzip or plain), streamed in batches of about a megabyte of text: memory does not grow with the file.
 * @throws SOS_DATA_CORRUPT for damaged gzip, malformed JSON, anything but an array of objects, or an array without its end
 */
export async function* jsonArray(file: string, onBytes: (bytes: number) => void): AsyncGenerator<unknown[]> {
  const scanner = new ElementScanner();
  let parts: Uint8Array[] = [];
  const stream = await openedBytes(file, onBytes);
  try {
    for await (const chunk of stream) {
      const bytes = chunk as Buffer;
      const end = scanner.scan(bytes);
      if (end < 0) {
        parts.push(bytes);
        continue;
      }
      parts.push(bytes.subarray(0, end));
      yield parseElements(parts);
      parts = [bytes.subarray(end)];
    }
  } catch (error) {
    throw asCorruptFile(file, 'a JSON array of objects', error);
  } finally {
    stream.destroy();
  }
  if (!scanner.ended) throw corruptFile(file, 'expected a JSON array of objects, found no end of the array (cut off)');
}
