import { barsPayloadOf, type BarsPayload, type ContractBars } from '@sos/contracts';
import { sliceBars, type OptionSeries } from '@sos/domain';

/** How many rows of a series were known at an instant. */
export function knownRows({ availableAt, length }: OptionSeries, at: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((availableAt[middle] as number) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Rows `from` (inclusive) to `to` (exclusive) of an option for the wire. */
export function contractBarsOf(series: OptionSeries, from: number, to: number): ContractBars {
  const bars: BarsPayload = barsPayloadOf(sliceBars(series, from, to));
  return { contract: series.contract.id, source: series.source, bars };
}

/** Bars of a day that close at or before an instant. */
export const barsUntil = (time: Float64Array, at: number): number => time.filter((t) => t <= at).length;
