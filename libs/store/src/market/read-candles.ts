import type { BarColumns, OptionContract, OptionSeries, SeriesSource } from '@sos/domain';

import type { Queryable } from '../client.js';
import { copyOut, type ColumnKind } from '../copy/copy-out.js';
import { idList, timestampLiteral } from '../copy/timestamp-literal.js';

/** Bars whose close is at or after `from` and before `to` (epoch ms). */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

export interface StoredSeries extends TimeRange {
  readonly instrumentId: number;
  readonly sourceId: number;
  readonly expectedRows?: number;
}

const float: ColumnKind = 'float';
const BAR_KINDS: readonly ColumnKind[] = ['time', float, float, float, float, float, float];

function column(columns: readonly Float64Array[], index: number): Float64Array {
  return columns[index] ?? new Float64Array(0);
}

const within = ({ from, to }: TimeRange): string => `ts >= ${timestampLiteral(from)} and ts < ${timestampLiteral(to)}`;

/** The stored bars of one instrument from one source, oldest first. */
export async function readBars(sql: Queryable, series: StoredSeries): Promise<BarColumns> {
  const { length, columns } = await copyOut(sql, {
    select: `select ts, open, high, low, close, volume, open_interest from candles
      where instrument_id = ${idList([series.instrumentId])} and source_id = ${idList([series.sourceId])} and ${within(series)} order by ts`,
    kinds: BAR_KINDS,
    expectedRows: series.expectedRows ?? 0,
  });
  return {
    length,
    time: column(columns, 0),
    open: column(columns, 1),
    high: column(columns, 2),
    low: column(columns, 3),
    close: column(columns, 4),
    volume: column(columns, 5),
    openInterest: column(columns, 6),
  };
}

/** A contract whose bars are wanted. */
export interface StoredOption {
  readonly instrumentId: number;
  readonly contract: OptionContract;
}

export interface OptionRead extends TimeRange {
  readonly sourceId: number;
  readonly source: SeriesSource;
  readonly options: readonly StoredOption[];
  readonly expectedRows: number;
}

const OPTION_KINDS: readonly ColumnKind[] = [
  'integer',
  'time',
  ...Array.from({ length: 10 }, () => float),
  'integer',
  'integer',
];

/** The stored bars of many options from one source in one query; contracts without rows are left out. */
export async function readOptions(sql: Queryable, read: OptionRead): Promise<OptionSeries[]> {
  const { length, columns } = await copyOut(sql, {
    select: `select instrument_id, ts, open, high, low, close, volume, open_interest, bid, ask, bid_qty, ask_qty, span_ms, lag_ms
      from candles where source_id = ${idList([read.sourceId])} and instrument_id in (${idList(read.options.map((o) => o.instrumentId))})
        and ${within(read)} order by instrument_id, ts`,
    kinds: OPTION_KINDS,
    expectedRows: read.expectedRows,
  });
  const contracts = new Map(read.options.map((o) => [o.instrumentId, o.contract]));
  const ids = column(columns, 0);
  const found: OptionSeries[] = [];
  for (let start = 0; start < length;) {
    let end = start + 1;
    while (end < length && ids[end] === ids[start]) end++;
    const contract = contracts.get(ids[start] as number);
    const slice = columns.map((c) => c.subarray(start, end));
    if (contract !== undefined) found.push(seriesOf(contract, read.source, slice));
    start = end;
  }
  return found;
}

function seriesOf(contract: OptionContract, source: SeriesSource, columns: readonly Float64Array[]): OptionSeries {
  const time = column(columns, 1);
  const span = column(columns, 12);
  const lag = column(columns, 13);
  return {
    contract,
    kind: 'bars',
    source,
    length: time.length,
    openTime: time.map((t, i) => t - (span[i] as number)),
    time,
    availableAt: time.map((t, i) => t + (lag[i] as number)),
    open: column(columns, 2),
    high: column(columns, 3),
    low: column(columns, 4),
    close: column(columns, 5),
    volume: column(columns, 6),
    openInterest: column(columns, 7),
    bid: column(columns, 8),
    ask: column(columns, 9),
    bidQty: column(columns, 10),
    askQty: column(columns, 11),
  };
}
