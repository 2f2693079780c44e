import { mkdir, open, readdir, rename, writeFile, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Contract, EpochMs } from '@sos/domain';
import { FrameBuffer } from './frame-buffer.js';
import { lastSequence, readKeys } from './read-frames.js';
import { INDEX_ENDING, KEYS_FILE, SEGMENT_ENDING, type IndexLine } from './segment-format.js';

const pack = promisify(gzip);
const SEGMENT_BYTES = 64 * 1024 * 1024;
const QUEUE_BYTES = 32 * 1024 * 1024;

interface Segment {
  readonly frames: FileHandle;
  readonly index: FileHandle;
  offset: number;
}

/** Settings of a frame writer. */
export interface FrameWriterOptions {
  /** Folder of the day. */
  readonly folder: string;
  /** Bytes that may wait for the disk; two buffers of this size exist at most. */
  readonly queueBytes?: number;
  /** A write failed, or there was no room: told each time with all frames lost so far. */
  onLoss(dropped: number, reason: string): void;
}

/**
 * Appends frames to gzip segments. A segment is never written to by another process or after a restart: each start begins a new one. What
 * was flushed is on the disk: member first, its index line after it, so that a torn end is never read.
 */
export class FrameWriter {
  /** Frames that are on no disk: no room, or the disk refused them. */
  dropped = 0;
  /** Frames safely written. */
  written = 0;
  private readonly options: FrameWriterOptions;
  private segment: Segment | null = null;
  private filling: FrameBuffer;
  private resting: FrameBuffer;
  private sequence = 0;
  private unindexed = 0;
  private flushing: Promise<void> | null = null;
  private readonly keys = new Map<string, string>();

  private constructor(options: FrameWriterOptions) {
    this.options = options;
    this.filling = new FrameBuffer(options.queueBytes ?? QUEUE_BYTES);
    this.resting = new FrameBuffer(options.queueBytes ?? QUEUE_BYTES);
  }

  /** Makes the folder and goes on after the frames that are there. */
  static async open(options: FrameWriterOptions): Promise<FrameWriter> {
    await mkdir(options.folder, { recursive: true });
    const writer = new FrameWriter(options);
    writer.sequence = await lastSequence(options.folder);
    if (writer.sequence > 0) for (const [key, { id }] of await readKeys(options.folder)) writer.keys.set(key, id);
    return writer;
  }

  /** Takes a copy of a frame; never waits. */
  append(frame: Uint8Array, receivedAt: EpochMs): void {
    this.sequence++;
    if (!this.filling.add(frame, this.sequence, receivedAt)) this.lose(1, 'the disk is too slow');
  }

  /** Keeps which contracts the vendor's keys stand for: keys are used again after expiry. */
  async nameKeys(contracts: ReadonlyMap<string, Contract>): Promise<void> {
    const fresh = [...contracts].filter(([key, { id }]) => this.keys.get(key) !== id);
    if (fresh.length === 0) return;
    for (const [key, { id }] of fresh) this.keys.set(key, id);
    const file = path.join(this.options.folder, KEYS_FILE);
    await writeFile(`${file}.tmp`, JSON.stringify(Object.fromEntries(this.keys), null, 1));
    await rename(`${file}.tmp`, file);
  }

  /** Writes what is waiting; a call while one is running waits for that one only. */
  async flush(): Promise<void> {
    this.flushing ??= this.write().finally(() => {
      this.flushing = null;
    });
    await this.flushing;
  }

  /** Writes the rest and closes the files. */
  async close(): Promise<void> {
    await this.flush();
    await this.flush();
    await this.closeSegment();
  }

  private lose(frames: number, reason: string): void {
    this.dropped += frames;
    this.unindexed += frames;
    this.options.onLoss(this.dropped, reason);
  }

  private async write(): Promise<void> {
    const full = this.filling;
    if (full.frames === 0) return;
    this.filling = this.resting;
    this.resting = full;
    const dropped = this.unindexed;
    try {
      const member = await pack(full.content, { level: 1 });
      const segment = await this.openSegment();
      await segment.frames.appendFile(member);
      await segment.frames.datasync();
      const line: IndexLine = {
        offset: segment.offset,
        bytes: member.length,
        sequence: full.firstSequence,
        frames: full.frames,
        dropped,
        receivedAt: full.firstReceivedAt,
        lastReceivedAt: full.lastReceivedAt,
      };
      await segment.index.appendFile(`${JSON.stringify(line)}\n`);
      await segment.index.datasync();
      segment.offset += member.length;
      this.written += full.frames;
      this.unindexed -= dropped;
    } catch (error) {
      // Half a member may be on the disk: nothing is appended behind it.
      await this.closeSegment().catch(() => undefined);
      this.lose(full.frames, error instanceof Error ? error.message : String(error));
    } finally {
      full.clear();
    }
  }

  private async openSegment(): Promise<Segment> {
    if (this.segment && this.segment.offset >= SEGMENT_BYTES) await this.closeSegment();
    this.segment ??= await newSegment(this.options.folder);
    return this.segment;
  }

  private async closeSegment(): Promise<void> {
    const { segment } = this;
    this.segment = null;
    await segment?.frames.close();
    await segment?.index.close();
  }
}

async function newSegment(folder: string): Promise<Segment> {
  const numbers = (await readdir(folder)).map((name) => Number(/^(\d+)\.frames\./.exec(name)?.[1] ?? 0));
  const name = path.join(folder, String(Math.max(0, ...numbers) + 1).padStart(4, '0'));
  // Exclusive: a second recorder on the same folder gets a segment of its own.
  const frames = await open(`${name}${SEGMENT_ENDING}`, 'ax');
  const index = await open(`${name}${INDEX_ENDING}`, 'ax');
  return { frames, index, offset: 0 };
}
