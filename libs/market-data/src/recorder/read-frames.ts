import { open, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { Contract } from '@sos/domain';
import { parseContractId } from '@sos/symbol-master';
import { z } from 'zod';
import { corruptFile } from '../importers/files/corrupt-file.js';
import { framesOf, INDEX_ENDING, IndexLine, KEYS_FILE, SEGMENT_ENDING, type RawFrame } from './segment-format.js';

const unpack = promisify(gunzip);
const Keys = z.record(z.string(), z.string());

/** The segments of a folder in their order. */
export async function segmentsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  return names
    .filter((name) => name.endsWith(SEGMENT_ENDING))
    .sort()
    .map((name) => path.join(folder, name));
}

/** The file beside a segment that says where its members are. */
export function indexOf(segment: string): string {
  return `${segment.slice(0, -SEGMENT_ENDING.length)}${INDEX_ENDING}`;
}

/** The whole lines of a segment's index; a torn last line is that of a member that was being written. */
async function linesOf(segment: string): Promise<IndexLine[]> {
  const text = await readFile(indexOf(segment), 'utf8').catch(() => '');
  const lines = text.split('\n');
  lines.pop();
  return lines.map((line) => {
    try {
      return IndexLine.parse(JSON.parse(line));
    } catch (error) {
      throw corruptFile(segment, 'expected an index line of recorded frames, found another text', error);
    }
  });
}

/** The number of the last frame recorded in a folder, 0 when there is none. */
export async function lastSequence(folder: string): Promise<number> {
  let last = 0;
  for (const segment of await segmentsIn(folder))
    for (const { sequence, frames } of await linesOf(segment)) last = Math.max(last, sequence + frames - 1);
  return last;
}

/**
 * The frames of one segment in their order, one gzip member at a time; what a killed recorder left behind the last index line is passed over.
 * @throws SOS_DATA_CORRUPT for an index or a member that is damaged
 */
export async function* readSegment(segment: string, onBytes: (bytes: number) => void): AsyncGenerator<RawFrame[]> {
  const lines = await linesOf(segment);
  const file = await open(segment, 'r');
  try {
    for (const { offset, bytes, frames: expected } of lines) {
      const packed = Buffer.alloc(bytes);
      await file.read(packed, 0, bytes, offset);
      const member = await unpack(packed).catch((error: unknown) => {
        throw corruptFile(segment, `expected gzipped frames at byte ${offset}, found them damaged`, error);
      });
      const frames = framesOf(member);
      if (frames.length !== expected)
        throw corruptFile(segment, `expected ${expected} frames at byte ${offset}, found ${frames.length}`);
      onBytes(bytes);
      yield frames;
    }
  } finally {
    await file.close();
  }
}

/** The contracts behind the instrument keys of a folder of recorded frames. @throws SOS_DATA_CORRUPT when they are missing or damaged */
export async function readKeys(folder: string): Promise<ReadonlyMap<string, Contract>> {
  const file = path.join(folder, KEYS_FILE);
  try {
    const named = Keys.parse(JSON.parse(await readFile(file, 'utf8')));
    return new Map(Object.entries(named).map(([key, id]) => [key, parseContractId(id)]));
  } catch (error) {
    throw corruptFile(file, 'expected the contracts of the instrument keys, found none that can be read', error);
  }
}
