import { makeBarColumns, MS_PER_MINUTE, type BarColumns } from '@sos/domain';
import type { SessionWindow } from '@sos/rulebook';

/** Values that became known at points in time, ascending; NaN = nothing known at that point. */
export interface Snapshots {
  readonly length: number;
  /** Epoch ms at which each value could be used. */
  readonly availableAt: ArrayLike<number>;
  readonly value: ArrayLike<number>;
}

/**
 * One-minute bars of a value that is seen from time to time: a bar holds what became known after the minute before and up to its close.
 * A minute in which nothing became known has no bar; nothing outside `windows` makes one. Volume and open interest are unknown (NaN).
 */
export function barsOfSnapshots(snapshots: Snapshots, windows: readonly SessionWindow[]): BarColumns {
  const bars = makeBarColumns(snapshots.length);
  let row = -1;
  for (let i = 0; i < snapshots.length; i++) {
    // An index has two decimals; a forward from halves of ticks has more than it knows.
    const value = Math.round((snapshots.value[i] as number) * 100) / 100;
    const close = Math.ceil((snapshots.availableAt[i] as number) / MS_PER_MINUTE) * MS_PER_MINUTE;
    if (Number.isNaN(value) || !windows.some((w) => close > w.open && close <= w.close)) continue;
    if (row < 0 || bars.time[row] !== close) {
      row++;
      bars.time[row] = close;
      bars.open[row] = value;
      bars.high[row] = value;
      bars.low[row] = value;
    }
    if (value > (bars.high[row] as number)) bars.high[row] = value;
    if (value < (bars.low[row] as number)) bars.low[row] = value;
    bars.close[row] = value;
  }
  return trimBars(bars, row + 1);
}

function trimBars(bars: BarColumns, length: number): BarColumns {
  return {
    length,
    time: bars.time.slice(0, length),
    open: bars.open.slice(0, length),
    high: bars.high.slice(0, length),
    low: bars.low.slice(0, length),
    close: bars.close.slice(0, length),
    volume: bars.volume.slice(0, length),
    openInterest: bars.openInterest.slice(0, length),
  };
}
