import { MS_PER_MINUTE, type BarColumns, type OptionContract, type OptionSeries } from '@sos/domain';
import { istDayNumber } from '../index-bars/stamp.js';

function seriesOf(contract: OptionContract, bars: BarColumns, [from, to]: readonly [number, number]): OptionSeries {
  const unknown = (): Float64Array => new Float64Array(to - from).fill(Number.NaN);
  const time = bars.time.slice(from, to);
  return {
    contract,
    kind: 'bars',
    source: 'recorded',
    length: to - from,
    openTime: time.map((close) => close - MS_PER_MINUTE),
    time,
    availableAt: time.slice(),
    open: bars.open.slice(from, to),
    high: bars.high.slice(from, to),
    low: bars.low.slice(from, to),
    close: bars.close.slice(from, to),
    bid: unknown(),
    ask: unknown(),
    bidQty: unknown(),
    askQty: unknown(),
    volume: bars.volume.slice(from, to),
    openInterest: bars.openInterest.slice(from, to),
  };
}

/** One-minute bars of an option as one series per session; no quotes are known. */
export function seriesOfBars(contract: OptionContract, bars: BarColumns): OptionSeries[] {
  const found: OptionSeries[] = [];
  let from = 0;
  for (let row = 1; row <= bars.length; row++) {
    const isEnd =
      row === bars.length || istDayNumber(bars.time[row] as number) !== istDayNumber(bars.time[from] as number);
    if (!isEnd) continue;
    found.push(seriesOf(contract, bars, [from, row]));
    from = row;
  }
  return found;
}
