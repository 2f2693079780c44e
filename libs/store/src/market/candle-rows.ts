import { AppError, MS_PER_MINUTE, type BarColumns, type OptionSeries, type SeriesSource } from '@sos/domain';

import type { CopyEncoder } from '../copy/copy-encoder.js';
import type { RowSource } from '../copy/copy-in.js';
import { QUALITY } from '../quality.js';

/** The columns of a candle row, in the order they are sent. */
export const CANDLE_COLUMNS =
  'instrument_id, source_id, ts, open, high, low, close, volume, open_interest, bid, ask, bid_qty, ask_qty, span_ms, lag_ms, quality';

/** The bars of one contract from one source as the writer needs them; a null column is one the source never gives. */
export interface CandleBatch {
  readonly instrumentId: number;
  readonly sourceId: number;
  readonly length: number;
  readonly time: Float64Array;
  readonly values: readonly (Float64Array | null)[];
  readonly openTime: Float64Array | null;
  readonly availableAt: Float64Array | null;
  readonly quality: Int16Array | null;
  readonly origin: SeriesSource;
}

interface BatchIds {
  readonly instrumentId: number;
  readonly sourceId: number;
}

/** @throws SOS_INVARIANT unless times are finite and strictly ascending: the key of a bar is its time */
export function requireAscending(time: Float64Array, length: number, what: string): void {
  let before = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < length; i++) {
    const at = time[i] as number;
    if (!(at > before) || !Number.isFinite(at))
      throw new AppError('SOS_INVARIANT', `expected ${what} in strictly ascending order, found ${at} after ${before}`);
    before = at;
  }
}

/** A column without one known value is a field that this source does not give. */
function published(column: Float64Array, length: number): Float64Array | null {
  for (let i = 0; i < length; i++) if (!Number.isNaN(column[i] as number)) return column;
  return null;
}

/** What of a batch does not follow from its bars. */
export type BarFacts = BatchIds & Pick<CandleBatch, 'origin' | 'quality'>;

/** Bars of an index, a future or an option without quotes. */
export function batchOfBars(bars: BarColumns, facts: BarFacts): CandleBatch {
  const n = bars.length;
  const columns = [bars.open, bars.high, bars.low, bars.close, bars.volume, bars.openInterest];
  return {
    ...facts,
    length: n,
    time: bars.time,
    values: [...columns.map((c) => published(c, n)), null, null, null, null],
    openTime: null,
    availableAt: null,
  };
}

/** Bars of an option with the quotes at their close. */
export function batchOfOption(series: OptionSeries, ids: BatchIds): CandleBatch {
  const n = series.length;
  const s = series;
  const columns = [s.open, s.high, s.low, s.close, s.volume, s.openInterest, s.bid, s.ask, s.bidQty, s.askQty];
  return {
    ...ids,
    length: n,
    time: series.time,
    values: columns.map((c) => published(c, n)),
    openTime: series.openTime,
    availableAt: series.availableAt,
    quality: null,
    origin: series.source,
  };
}

const FIELDS = 16;

/** Encodes the rows of several batches one after the other. */
export class CandleRows implements RowSource {
  readonly length: number;
  readonly #batches: readonly CandleBatch[];
  #batch = 0;
  #first = 0;

  constructor(batches: readonly CandleBatch[]) {
    this.#batches = batches;
    this.length = batches.reduce((sum, b) => sum + b.length, 0);
  }

  write(encoder: CopyEncoder, row: number): void {
    let batch = this.#batches[this.#batch] as CandleBatch;
    while (row - this.#first >= batch.length) {
      this.#first += batch.length;
      this.#batch++;
      batch = this.#batches[this.#batch] as CandleBatch;
    }
    writeCandle(encoder, batch, row - this.#first);
  }
}

function writeCandle(encoder: CopyEncoder, batch: CandleBatch, i: number): void {
  const time = batch.time[i] as number;
  const values = batch.values;
  let quality: number = QUALITY[batch.origin] | (batch.quality === null ? 0 : (batch.quality[i] as number));
  encoder.row(FIELDS);
  encoder.integer(batch.instrumentId);
  encoder.integer(batch.sourceId);
  encoder.time(time);
  for (let k = 0; k < values.length; k++) {
    const column = values[k] as Float64Array | null;
    if (column === null) {
      encoder.null();
      quality |= QUALITY.unpublished;
      continue;
    }
    const value = column[i] as number;
    encoder.float(value);
    if (value !== value) quality |= QUALITY.absent;
  }
  encoder.integer(batch.openTime === null ? MS_PER_MINUTE : time - (batch.openTime[i] as number));
  encoder.integer(batch.availableAt === null ? 0 : (batch.availableAt[i] as number) - time);
  encoder.smallint(quality);
}
