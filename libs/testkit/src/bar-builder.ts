import { MS_PER_MINUTE, makeBarColumns, type BarColumns, type EpochMs } from '@sos/domain';

/** One bar for a test: `[open, high, low, close]` or with volume in units. */
export type BarRow = readonly [number, number, number, number, number?];

/** One-minute bars from rows; the first closes one minute after `open`. */
export function barsFrom(open: EpochMs, rows: readonly BarRow[]): BarColumns {
  const bars = makeBarColumns(rows.length);
  rows.forEach(([o, h, l, c, v], i) => {
    bars.time[i] = open + (i + 1) * MS_PER_MINUTE;
    bars.open[i] = o;
    bars.high[i] = h;
    bars.low[i] = l;
    bars.close[i] = c;
    if (v !== undefined) bars.volume[i] = v;
  });
  return bars;
}
