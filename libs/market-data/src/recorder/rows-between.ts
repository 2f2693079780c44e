import { sliceBars, type ChainSide, type ChainTape, type OptionSeries } from '@sos/domain';
import type { ImportBatch } from '../importers/importer.js';
import type { RecordBatch } from './record-sink.js';

/** Minutes by their close, epoch ms: after `after`, up to and with `until`. */
export interface MinuteRange {
  readonly after: number;
  readonly until: number;
}

function spanOf(times: Float64Array, { after, until }: MinuteRange): [from: number, to: number] {
  let from = 0;
  while (from < times.length && (times[from] as number) <= after) from++;
  let to = times.length;
  while (to > from && (times[to - 1] as number) > until) to--;
  return [from, to];
}

function seriesBetween(series: OptionSeries, range: MinuteRange): OptionSeries {
  const [from, to] = spanOf(series.time, range);
  const cut = (column: Float64Array): Float64Array => column.subarray(from, to);
  return {
    contract: series.contract,
    kind: series.kind,
    source: series.source,
    length: to - from,
    openTime: cut(series.openTime),
    time: cut(series.time),
    availableAt: cut(series.availableAt),
    open: cut(series.open),
    high: cut(series.high),
    low: cut(series.low),
    close: cut(series.close),
    bid: cut(series.bid),
    ask: cut(series.ask),
    bidQty: cut(series.bidQty),
    askQty: cut(series.askQty),
    volume: cut(series.volume),
    openInterest: cut(series.openInterest),
  };
}

function tapeBetween(tape: ChainTape, range: MinuteRange): ChainTape {
  const [from, to] = spanOf(tape.availableAt, range);
  const width = tape.strikes.length;
  const cut = (column: Float64Array): Float64Array => column.subarray(from * width, to * width);
  const side = (of: ChainSide): ChainSide => ({
    ltp: cut(of.ltp),
    bid: cut(of.bid),
    ask: cut(of.ask),
    bidQty: cut(of.bidQty),
    askQty: cut(of.askQty),
    volume: cut(of.volume),
    openInterest: cut(of.openInterest),
  });
  return {
    underlying: tape.underlying,
    expiry: tape.expiry,
    source: tape.source,
    strikes: tape.strikes,
    length: to - from,
    eventTime: tape.eventTime.subarray(from, to),
    availableAt: tape.availableAt.subarray(from, to),
    spot: tape.spot.subarray(from, to),
    call: side(tape.call),
    put: side(tape.put),
  };
}

function cutBatch(batch: ImportBatch, range: MinuteRange): RecordBatch | null {
  if (batch.type === 'candles') {
    const [from, to] = spanOf(batch.bars.time, range);
    const repaired = batch.repaired?.subarray(from, to) ?? null;
    return from === to ? null : { ...batch, bars: sliceBars(batch.bars, from, to), repaired };
  }
  if (batch.type === 'option-series') {
    const series = batch.series.map((one) => seriesBetween(one, range)).filter((one) => one.length > 0);
    return series.length === 0 ? null : { type: 'option-series', series };
  }
  if (batch.type !== 'chains') return null;
  const tapes = batch.tapes.map((tape) => tapeBetween(tape, range)).filter((tape) => tape.length > 0);
  return tapes.length === 0 ? null : { type: 'chains', tapes, rows: 0 };
}

/** The rows of a day's pieces that lie in a range of minutes; pieces without any are left out. The columns are views. */
export function rowsBetween(batches: Iterable<ImportBatch>, range: MinuteRange): RecordBatch[] {
  const found: RecordBatch[] = [];
  for (const batch of batches) {
    const cut = cutBatch(batch, range);
    if (cut) found.push(cut);
  }
  return found;
}
