import { formatIstClock, MS_PER_MINUTE, type EpochMs } from '@sos/domain';
import type { StateBar } from '../market/instrument-day.js';

const WORDS: Readonly<Record<string, string>> = {
  '1 1': 'Long Build Up',
  '-1 1': 'Short Build Up',
  '1 -1': 'Short Covering',
  '-1 -1': 'Long Unwinding',
};

interface Stretch {
  readonly start: number;
  readonly bars: StateBar[];
}

function stretchesOf(bars: readonly StateBar[], minutes: number): Stretch[] {
  const found: Stretch[] = [];
  const origin = Math.floor((bars[0]?.start ?? 0) / (minutes * MS_PER_MINUTE)) * minutes * MS_PER_MINUTE;
  for (const bar of bars) {
    const start = bar.start - ((bar.start - origin) % (minutes * MS_PER_MINUTE));
    if (found.at(-1)?.start !== start) found.push({ start, bars: [] });
    found.at(-1)?.bars.push(bar);
  }
  return found;
}

/** Bars of a contract as the site's rows, newest first, the running one too: changes against the stretch before, against the first price and open interest at the open. */
export function buildupRows(bars: readonly StateBar[], minutes: number): object[] {
  let close = bars[0]?.open ?? 0;
  let oi = bars[0]?.openInterest ?? 0;
  let volume = 0;
  return stretchesOf(bars, minutes)
    .map(({ start, bars: own }) => {
      const last = own.at(-1) as StateBar;
      const traded = own.reduce((sum, bar) => sum + bar.volume, 0);
      const [dPrice, dOi, before] = [last.close - close, last.openInterest - oi, { oi, volume }];
      [close, oi, volume] = [last.close, last.openInterest, volume + traded];
      const [low, high] = [Math.min(...own.map((b) => b.low)), Math.max(...own.map((b) => b.high))];
      const clock = (at: number): string => formatIstClock(at as EpochMs);
      return {
        interval: `${clock(start)} TO ${clock(start + minutes * MS_PER_MINUTE)}`,
        buildup: WORDS[`${Math.sign(dPrice)} ${Math.sign(dOi)}`] ?? '-',
        price_range: `${low.toFixed(2)} - ${high.toFixed(2)}`,
        close_price: last.close,
        oi: last.openInterest,
        oi_change: before.oi > 0 ? Number(((dOi / before.oi) * 100).toFixed(2)) : 0,
        oi_change_gross: dOi,
        volume_gross: volume,
        volume_change: before.volume > 0 ? Number(((traded / before.volume) * 100).toFixed(2)) : 0,
      };
    })
    .reverse();
}
