import path from 'node:path';
import { isAppError, type IstDate } from '@sos/domain';
import type { InstrumentMaster } from '@sos/symbol-master';
import { masterFor, readMaster } from '../feed/instrument-keys.js';

/** The instrument masters of the days of a collection: the one that was given, else the nearest in time beside the data. */
export class SnapshotMasters {
  private readonly folder: string;
  private readonly given: string | undefined;
  private readonly loaded = new Map<string, InstrumentMaster>();
  private readonly files = new Map<IstDate, string | null>();

  constructor(folder: string, given: string | undefined) {
    this.folder = folder;
    this.given = given;
  }

  /** The file of a day's master, or null when there is none: a collection of indices needs none. */
  async fileOn(date: IstDate): Promise<string | null> {
    const known = this.files.get(date);
    if (known !== undefined) return known;
    const file = await masterFor(this.folder, date, this.given).catch((error: unknown) => {
      if (isAppError(error) && error.code === 'SOS_INPUT') return null;
      throw error;
    });
    this.files.set(date, file);
    return file;
  }

  /** The master of a day, read once, or null. */
  async on(date: IstDate): Promise<InstrumentMaster | null> {
    const file = await this.fileOn(date);
    if (file === null) return null;
    const known = this.loaded.get(file);
    if (known) return known;
    const master = await readMaster(file, date);
    this.loaded.set(file, master);
    return master;
  }

  /** The name of a day's master for messages. */
  nameOn(date: IstDate): string {
    const file = this.files.get(date) ?? null;
    return file === null ? `an instrument master of within 31 days of ${date}` : path.basename(file);
  }
}
