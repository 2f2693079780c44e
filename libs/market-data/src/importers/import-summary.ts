import type { AppError } from '@sos/domain';
import { addTo, mergeInto, type QuarantineReason, type RepairReason, type Tally } from './faults.js';
import type { QuarantinedRows, WriteCount } from './import-sink.js';
import type { ImportGap, ImportKind } from './importer.js';

/** What an import did; of units that were already there nothing is read, so they only count as skipped. */
export interface ImportSummary {
  readonly kind: ImportKind;
  readonly dataset: string;
  readonly variants: readonly string[];
  readonly units: {
    readonly total: number;
    readonly imported: number;
    readonly skipped: number;
    readonly failed: number;
  };
  /** Rows of input: text lines, chain rows, messages. */
  readonly rowsRead: number;
  /** Rows of output by what they are. Of chains, the rows of input that are on the tapes. */
  readonly written: {
    readonly bars: number;
    readonly derivedBars: number;
    readonly optionBars: number;
    readonly chainRows: number;
    /** Points of vendor statistics. */
    readonly statRows: number;
  };
  readonly rows: WriteCount;
  readonly repaired: Readonly<Tally<RepairReason>>;
  readonly quarantined: Readonly<Tally<QuarantineReason>>;
  readonly gaps: readonly ImportGap[];
  /** Files that look like this kind by their names but hold nothing this importer reads. */
  readonly ignored: readonly string[];
  /** Files that could not be read; their errors are of code SOS_DATA_CORRUPT. Everything else was kept. */
  readonly failures: readonly AppError[];
}

/** Adds up what units report; units report only once they are written. */
export class SummaryBuilder {
  readonly written = { bars: 0, derivedBars: 0, optionBars: 0, chainRows: 0, statRows: 0 };
  readonly rows = { inserted: 0, changed: 0, unchanged: 0 };
  readonly repaired: Tally<RepairReason> = {};
  readonly quarantined: Tally<QuarantineReason> = {};
  readonly gaps: ImportGap[] = [];
  rowsRead = 0;

  addWrite(count: WriteCount): void {
    this.rows.inserted += count.inserted;
    this.rows.changed += count.changed;
    this.rows.unchanged += count.unchanged;
  }

  addQuarantine(rows: QuarantinedRows): void {
    addTo(this.quarantined, rows.reason, rows.rows);
  }

  merge(unit: SummaryBuilder): void {
    for (const name of ['bars', 'derivedBars', 'optionBars', 'chainRows', 'statRows'] as const)
      this.written[name] += unit.written[name];
    this.addWrite(unit.rows);
    mergeInto(this.repaired, unit.repaired);
    mergeInto(this.quarantined, unit.quarantined);
    this.gaps.push(...unit.gaps);
    this.rowsRead += unit.rowsRead;
  }
}
