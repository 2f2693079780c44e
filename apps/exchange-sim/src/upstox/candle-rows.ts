import { toIstIso, type EpochMs } from '@sos/domain';
import type { StateBar } from '../market/instrument-day.js';

export type WireCandle = readonly [string, number, number, number, number, number, number];

const stamp = (start: number): string => toIstIso(start as EpochMs).replace('.000', '');

function merged(bars: readonly StateBar[]): WireCandle {
  const [first, last] = [bars[0] as StateBar, bars.at(-1) as StateBar];
  const high = Math.max(...bars.map((bar) => bar.high));
  const low = Math.min(...bars.map((bar) => bar.low));
  const volume = bars.reduce((sum, bar) => sum + bar.volume, 0);
  return [stamp(first.start), first.open, high, low, last.close, volume, last.openInterest];
}

/** One day's minute bars as candles of `minutes` each from the first bar on, newest first as the vendor sends them. */
export function candleRows(bars: readonly StateBar[], minutes: number): WireCandle[] {
  const groups = new Map<number, StateBar[]>();
  const origin = bars[0]?.start ?? 0;
  for (const bar of bars) {
    const group = Math.floor((bar.start - origin) / (minutes * 60_000));
    const found = groups.get(group);
    if (found === undefined) groups.set(group, [bar]);
    else found.push(bar);
  }
  return [...groups.values()].map(merged).reverse();
}
