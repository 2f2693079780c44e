import { mkdir, open, readFile, readdir, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import { AppError, type EpochMs, type IstDate } from '@sos/domain';
import {
  JOURNAL_ROOT,
  applyRecord,
  canonicalJson,
  chainLine,
  makeDeskState,
  verifyJournal,
  type DeskJournal,
  type DeskRecord,
  type DeskState,
  type JournalHead,
} from '@sos/engine';
import { systemCode } from './system-code.js';

const NAME = /^desk-(\d{4}-\d{2}-\d{2})\.journal$/;

/** An opened journal: what it told, and the place for what comes. */
export interface OpenedJournal {
  readonly journal: JournalFile;
  readonly state: DeskState;
  /** Bytes of a torn last line that were cut off; 0 after a clean end. */
  readonly torn: number;
}

/** What `openJournal` needs. */
export interface OpenJournalOptions {
  readonly folder: string;
  readonly date: IstDate;
  readonly now: EpochMs;
}

/** The journal of one day: hash-chained lines, each on the disk before `append` resolves. */
export class JournalFile implements DeskJournal {
  readonly file: string;
  readonly #handle: FileHandle;
  #head: JournalHead;
  #isBroken = false;

  constructor(file: string, handle: FileHandle, head: JournalHead) {
    this.file = file;
    this.#handle = handle;
    this.#head = head;
  }

  /** Writes and syncs. After a failed write nothing more is taken: what the disk holds is no longer known. @throws SOS_DATA_FOLDER */
  async append(records: readonly DeskRecord[]): Promise<void> {
    if (this.#isBroken)
      throw new AppError(
        'SOS_DATA_FOLDER',
        `expected a journal that can be written, found a failed write before in ${this.file}`,
      );
    let head = this.#head;
    let lines = '';
    for (const record of records) {
      const next = chainLine(head, canonicalJson(record));
      head = next.head;
      lines += next.line;
    }
    try {
      await this.#handle.appendFile(lines);
      await this.#handle.datasync();
    } catch (cause) {
      this.#isBroken = true;
      throw new AppError('SOS_DATA_FOLDER', `expected to write the journal ${this.file}, found the disk refusing it`, {
        cause,
      });
    }
    this.#head = head;
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

const fileOf = (folder: string, date: string): string => path.join(folder, `desk-${date}.journal`);

/** Dates with a journal, ascending. */
export async function journalDates(folder: string): Promise<IstDate[]> {
  const names = await readdir(folder).catch(() => [] as string[]);
  return names.flatMap((name) => (NAME.exec(name)?.[1] ?? []) as IstDate | []).sort();
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return '';
    throw error;
  }
}

function fold(bodies: readonly string[]): DeskState {
  const state = makeDeskState();
  for (const body of bodies) applyRecord(state, JSON.parse(body) as DeskRecord);
  return state;
}

/** A journal that was read and proven. */
export interface ReadJournal {
  readonly state: DeskState;
  readonly records: readonly DeskRecord[];
  readonly head: JournalHead;
}

/** The state that a day's journal tells, every line proven. Reads only. @throws SOS_DATA_CORRUPT */
export async function readJournal(folder: string, date: IstDate): Promise<ReadJournal> {
  const { bodies, head } = verifyJournal(await textOf(fileOf(folder, date)));
  return { state: fold(bodies), records: bodies.map((body) => JSON.parse(body) as DeskRecord), head };
}

/**
 * Opens the journal of a day, or begins it with the last hash of the day before. Every line is proven; a torn tail is cut off.
 * @throws SOS_DATA_CORRUPT with the line that does not hold: nothing is traded on it
 */
export async function openJournal({ folder, date, now }: OpenJournalOptions): Promise<OpenedJournal> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = fileOf(folder, date);
  const text = await textOf(file);
  const { bodies, head, torn } = verifyJournal(text);
  const handle = await open(file, 'a', 0o600);
  if (torn > 0) {
    await handle.truncate(Buffer.byteLength(text) - Buffer.byteLength(text.slice(text.length - torn)));
    await handle.datasync();
  }
  const journal = new JournalFile(file, handle, head);
  const state = fold(bodies);
  if (bodies.length === 0) {
    const first: DeskRecord = { kind: 'day', time: now, date, previous: await lastHash(folder, date) };
    await journal.append([first]);
    applyRecord(state, first);
  }
  return { journal, state, torn };
}

async function lastHash(folder: string, before: IstDate): Promise<string> {
  const earlier = (await journalDates(folder)).filter((date) => date < before).at(-1);
  return earlier === undefined ? JOURNAL_ROOT : (await readJournal(folder, earlier)).head.hash;
}

/**
 * The audit trail of a stretch of days, both included: every record as one JSON line with its date and number. Every journal is proven, and that each goes on
 * from the one before. @throws SOS_DATA_CORRUPT
 */
export async function* exportTrail(
  folder: string,
  { from, to }: { readonly from: IstDate; readonly to: IstDate },
): AsyncGenerator<string> {
  let previous: string | null = null;
  for (const date of await journalDates(folder)) {
    const { records, head } = await readJournal(folder, date);
    const first = records[0];
    const named = first?.kind === 'day' ? first.previous : '';
    if (previous !== null && named !== previous)
      throw new AppError(
        'SOS_DATA_CORRUPT',
        `expected the journal of ${date} to go on from the day before, found another`,
      );
    previous = head.hash;
    if (date < from || date > to) continue;
    for (const [index, record] of records.entries()) yield canonicalJson({ date, line: index + 1, ...record });
  }
}
