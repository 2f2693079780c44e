import { StringDecoder } from 'node:string_decoder';
import { asCorruptFile, corruptFile } from './corrupt-file.js';
import { parseExtendedJson } from './extended-json.js';
import { firstText } from './first-bytes.js';
import { jsonArray } from './json-array.js';
import { openedBytes } from './opened-bytes.js';

/** A line that is no JSON document. */
export interface RefusedLine {
  readonly line: number;
  readonly text: string;
}

/** Some documents of a file, in its order, with the lines between them that are none. */
export interface JsonBatch {
  readonly documents: readonly unknown[];
  /** 1-based line of each document, null where a document is not a line of its own. */
  readonly lines: readonly number[] | null;
  readonly refused: readonly RefusedLine[];
}

/** The largest single document that is read whole. */
const LARGEST_DOCUMENT = 256 * 1024 * 1024;

function isWholeObject(line: string): boolean {
  try {
    return typeof JSON.parse(line) === 'object';
  } catch {
    return false;
  }
}

/** How documents are laid out in a file, told by its first text. */
function layoutOf(head: string): 'array' | 'lines' | 'object' {
  const text = head.replace(/^\uFEFF/, '').trimStart();
  if (text.startsWith('[')) return 'array';
  const end = text.indexOf('\n');
  const first = end < 0 ? text : text.slice(0, end);
  // A first line longer than what was looked at is a document of its own: nobody indents without breaking lines.
  return end < 0 || isWholeObject(first) || !/^\{\s*$/.test(first) ? 'lines' : 'object';
}

function parseLines(lines: readonly string[], before: number): JsonBatch {
  const documents: unknown[] = [];
  const numbers: number[] = [];
  const refused: RefusedLine[] = [];
  lines.forEach((raw, i) => {
    const text = raw.replace(/^\uFEFF/, '').trim();
    if (text === '') return;
    const line = before + i + 1;
    try {
      documents.push(parseExtendedJson(text));
      numbers.push(line);
    } catch {
      refused.push({ line, text });
    }
  });
  return { documents, lines: numbers, refused };
}

async function* lineDocuments(file: string, onBytes: (bytes: number) => void): AsyncGenerator<JsonBatch> {
  const decoder = new StringDecoder('utf8');
  const stream = await openedBytes(file, onBytes);
  let rest = '';
  let line = 0;
  try {
    for await (const chunk of stream) {
      const lines = (rest + decoder.write(chunk as Buffer)).split('\n');
      rest = lines.pop() ?? '';
      if (lines.length > 0) yield parseLines(lines, line);
      line += lines.length;
    }
    yield parseLines([rest + decoder.end()], line);
  } catch (error) {
    throw asCorruptFile(file, 'JSON documents, one per line', error);
  } finally {
    stream.destroy();
  }
}

async function* singleDocument(file: string, onBytes: (bytes: number) => void): AsyncGenerator<JsonBatch> {
  const parts: Buffer[] = [];
  let size = 0;
  const stream = await openedBytes(file, onBytes);
  try {
    for await (const chunk of stream) {
      parts.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (size > LARGEST_DOCUMENT)
        throw corruptFile(file, 'expected one JSON object of at most 256 MB, or documents in an array or one per line');
    }
    const text = Buffer.concat(parts)
      .toString('utf8')
      .replace(/^\uFEFF/, '');
    yield { documents: [parseExtendedJson(text)], lines: null, refused: [] };
  } catch (error) {
    throw asCorruptFile(file, 'a JSON object', error);
  } finally {
    stream.destroy();
  }
}

/**
 * The documents of a JSON file, gzip or plain, streamed: an array of objects, one object, or one object per line (NDJSON, as `mongoexport`
 * writes). Extended JSON is unwrapped. A line that is no JSON is handed on as refused; the others are kept.
 * @throws SOS_DATA_CORRUPT for damaged gzip, or an array or object that is malformed or cut off
 */
export async function* jsonDocuments(file: string, onBytes: (bytes: number) => void): AsyncGenerator<JsonBatch> {
  const layout = layoutOf(await firstText(file, 1 << 16));
  if (layout === 'lines') yield* lineDocuments(file, onBytes);
  else if (layout === 'object') yield* singleDocument(file, onBytes);
  else for await (const documents of jsonArray(file, onBytes)) yield { documents, lines: null, refused: [] };
}
