import type { ChainSide, ChainTape } from '@sos/domain';

import type { CopyEncoder } from '../copy/copy-encoder.js';
import type { RowSource } from '../copy/copy-in.js';
import { QUALITY } from '../quality.js';

const SIDE = (p: string): string =>
  `${p}_ltp, ${p}_bid, ${p}_ask, ${p}_bid_qty, ${p}_ask_qty, ${p}_volume, ${p}_open_interest`;

/** Value columns of a quote row, call then put, in the order they are sent and read. */
export const QUOTE_VALUES = `${SIDE('ce')}, ${SIDE('pe')}`;
export const QUOTE_COLUMNS = `chain_id, source_id, available_at, event_time, strike, ${QUOTE_VALUES}, ce_quality, pe_quality`;
export const SNAPSHOT_COLUMNS = 'chain_id, source_id, available_at, event_time, spot, quality';

/** The columns of one side in the order of `QUOTE_VALUES`. */
export function sideColumns(side: ChainSide): Float64Array[] {
  return [side.ltp, side.bid, side.ask, side.bidQty, side.askQty, side.volume, side.openInterest];
}

/** One tape and the ids it is stored under. */
export interface ChainBatch {
  readonly chainId: number;
  readonly sourceId: number;
  readonly tape: ChainTape;
}

function published(column: Float64Array): Float64Array | null {
  return column.some((v) => !Number.isNaN(v)) ? column : null;
}

/** One row per snapshot and strike of one tape. */
export class QuoteRows implements RowSource {
  readonly length: number;
  readonly #batch: ChainBatch;
  readonly #call: readonly (Float64Array | null)[];
  readonly #put: readonly (Float64Array | null)[];

  constructor(batch: ChainBatch) {
    this.#batch = batch;
    this.length = batch.tape.length * batch.tape.strikes.length;
    this.#call = sideColumns(batch.tape.call).map(published);
    this.#put = sideColumns(batch.tape.put).map(published);
  }

  write(encoder: CopyEncoder, cell: number): void {
    const { tape, chainId, sourceId } = this.#batch;
    const width = tape.strikes.length;
    const snapshot = Math.floor(cell / width);
    encoder.row(21);
    encoder.integer(chainId);
    encoder.integer(sourceId);
    encoder.time(tape.availableAt[snapshot] as number);
    encoder.time(tape.eventTime[snapshot] as number);
    encoder.float(tape.strikes[cell - snapshot * width] as number);
    const origin = QUALITY[tape.source];
    const call = writeSide(encoder, this.#call, cell) | origin;
    const put = writeSide(encoder, this.#put, cell) | origin;
    encoder.smallint(call);
    encoder.smallint(put);
  }
}

/** Writes the values of one side and gives the bits of what was unknown. */
function writeSide(encoder: CopyEncoder, columns: readonly (Float64Array | null)[], cell: number): number {
  let quality = 0;
  for (let k = 0; k < columns.length; k++) {
    const column = columns[k] as Float64Array | null;
    if (column === null) {
      encoder.null();
      quality |= QUALITY.unpublished;
      continue;
    }
    const value = column[cell] as number;
    encoder.float(value);
    if (value !== value) quality |= QUALITY.absent;
  }
  return quality;
}

/** One row per snapshot of one tape. */
export class SnapshotRows implements RowSource {
  readonly length: number;
  readonly #batch: ChainBatch;

  constructor(batch: ChainBatch) {
    this.#batch = batch;
    this.length = batch.tape.length;
  }

  write(encoder: CopyEncoder, row: number): void {
    const { tape, chainId, sourceId } = this.#batch;
    const spot = tape.spot[row] as number;
    encoder.row(6);
    encoder.integer(chainId);
    encoder.integer(sourceId);
    encoder.time(tape.availableAt[row] as number);
    encoder.time(tape.eventTime[row] as number);
    encoder.float(spot);
    encoder.smallint(QUALITY[tape.source] | (Number.isNaN(spot) ? QUALITY.unpublished : 0));
  }
}

/** Rows of several sources one after the other. */
export class JoinedRows implements RowSource {
  readonly length: number;
  readonly #parts: readonly RowSource[];
  #part = 0;
  #first = 0;

  constructor(parts: readonly RowSource[]) {
    this.#parts = parts;
    this.length = parts.reduce((sum, p) => sum + p.length, 0);
  }

  write(encoder: CopyEncoder, row: number): void {
    let part = this.#parts[this.#part] as RowSource;
    while (row - this.#first >= part.length) {
      this.#first += part.length;
      this.#part++;
      part = this.#parts[this.#part] as RowSource;
    }
    part.write(encoder, row - this.#first);
  }
}
