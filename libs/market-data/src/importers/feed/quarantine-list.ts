import type { QuarantineReason } from '../faults.js';
import type { QuarantinedRows } from '../import-sink.js';

const SAMPLE_LENGTH = 160;

/** Rows kept out of one unit. Messages come by the hundred thousand: those of one file and reason are one entry with the first as sample. */
export class QuarantineList {
  readonly rows: QuarantinedRows[] = [];
  private readonly at = new Map<string, number>();

  /** Counts rows with the file and reason of an earlier entry into it. */
  count(file: string, reason: QuarantineReason, sample: string): void {
    const key = `${file}\0${reason}`;
    const index = this.at.get(key);
    const known = index === undefined ? undefined : this.rows[index];
    if (index !== undefined && known) this.rows[index] = { ...known, rows: known.rows + 1 };
    else {
      this.at.set(key, this.rows.length);
      this.rows.push({ file, line: null, reason, rows: 1, sample: sample.slice(0, SAMPLE_LENGTH) });
    }
  }

  /** Adds an entry of its own: a row with its line. */
  add(rows: QuarantinedRows): void {
    this.rows.push({ ...rows, sample: rows.sample.slice(0, SAMPLE_LENGTH) });
  }
}
