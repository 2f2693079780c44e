import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseIstDate, type EpochMs } from '@sos/domain';
import { z } from 'zod';
import type { EarlierRecording } from './recorder-events.js';

const FILE = 'recording.json';
const State = z.strictObject({
  date: z.string().transform((text) => parseIstDate(text)),
  startedAt: z.number().transform((at) => at as EpochMs),
  lastMinute: z.number().transform((at) => at as EpochMs),
  lastFrameAt: z.number().transform((at) => at as EpochMs),
  ended: z.boolean(),
});

/** How the last recording into a folder was left, or null; a file that cannot be read was torn by a lost machine and counts as none. */
export async function readRecordingState(folder: string): Promise<EarlierRecording | null> {
  try {
    return State.parse(JSON.parse(await readFile(path.join(folder, FILE), 'utf8')));
  } catch {
    return null;
  }
}

/** Keeps how far a recording is: replaced at once, never half. */
export async function writeRecordingState(folder: string, state: EarlierRecording): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, FILE);
  await writeFile(`${file}.tmp`, JSON.stringify(state));
  await rename(`${file}.tmp`, file);
}
