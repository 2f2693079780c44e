import {
  MS_PER_MINUTE,
  makeChainTape,
  type BarColumns,
  type ChainSide,
  type ChainTape,
  type IstDate,
  type OptionSeries,
  type SeriesSource,
  type Underlying,
} from '@sos/domain';
import type { SessionWindow } from '@sos/rulebook';

/** What a chain is built from: the bars of the options of one expiry on one day, and the index's. */
export interface ChainInput {
  readonly underlying: Underlying;
  readonly expiry: IstDate;
  readonly source: SeriesSource;
  readonly options: readonly OptionSeries[];
  readonly index: BarColumns;
  readonly windows: readonly SessionWindow[];
}

function minutesOf(windows: readonly SessionWindow[]): Float64Array {
  const closes: number[] = [];
  for (const { open, close } of windows)
    for (let at = open + MS_PER_MINUTE; at <= close; at += MS_PER_MINUTE) closes.push(at);
  return Float64Array.from(closes);
}

/** Last price and open interest stand until the next trade, as on the exchange's own page; volume grows with every bar. */
function writeSeries(
  side: ChainSide,
  series: OptionSeries,
  at: { times: Float64Array; column: number; width: number },
): void {
  const { times, column, width } = at;
  let [row, ltp, interest, volume] = [0, Number.NaN, Number.NaN, 0];
  for (let minute = 0; minute < times.length; minute++) {
    for (; row < series.length && (series.time[row] as number) <= (times[minute] as number); row++) {
      if (!Number.isNaN(series.close[row] as number)) ltp = series.close[row] as number;
      if (!Number.isNaN(series.openInterest[row] as number)) interest = series.openInterest[row] as number;
      volume += series.volume[row] as number;
    }
    const cell = minute * width + column;
    if (row === 0) continue;
    side.ltp[cell] = ltp;
    side.openInterest[cell] = interest;
    side.volume[cell] = volume;
  }
}

function writeSpot(spot: Float64Array, times: Float64Array, index: BarColumns): void {
  for (let minute = 0, row = 0; minute < times.length; minute++) {
    while (row < index.length && (index.time[row] as number) < (times[minute] as number)) row++;
    if (index.time[row] === times[minute]) spot[minute] = index.close[row] as number;
  }
}

/**
 * The chain of an expiry through one session, one snapshot a minute, made from candles with open interest where a vendor has no chain history.
 * A last price stands until the next trade and is unknown before the day's first; books are unknown. Null without options.
 */
export function chainOfCandles({ underlying, expiry, source, options, index, windows }: ChainInput): ChainTape | null {
  if (options.length === 0) return null;
  const strikes = Float64Array.from(new Set(options.map((o) => o.contract.strike))).sort();
  const times = minutesOf(windows);
  const tape = makeChainTape({ underlying, expiry, source, strikes, length: times.length });
  tape.eventTime.set(times);
  tape.availableAt.set(times);
  writeSpot(tape.spot, times, index);
  for (const series of options) {
    const side = series.contract.right === 'CE' ? tape.call : tape.put;
    writeSeries(side, series, { times, column: strikes.indexOf(series.contract.strike), width: strikes.length });
  }
  return tape;
}
