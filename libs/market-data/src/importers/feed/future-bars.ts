import { makeBarColumns, MS_PER_MINUTE, type BarColumns } from '@sos/domain';
import type { SessionWindow } from '@sos/rulebook';
import type { TickFolder } from './tick-folder.js';

/** The one-minute bars of a future from its folded session: the minutes with trades that were seen whole, with volume and open interest. */
export function futureBars(folder: TickFolder, window: SessionWindow): BarColumns {
  const { minutes } = folder;
  const rows = Array.from(minutes.open, (_, minute) => minute).filter(
    (minute) => !Number.isNaN(minutes.open[minute] as number) && !folder.isBroken(minute),
  );
  const bars = makeBarColumns(rows.length);
  rows.forEach((minute, row) => {
    bars.time[row] = window.open + (minute + 1) * MS_PER_MINUTE;
    bars.open[row] = minutes.open[minute] as number;
    bars.high[row] = minutes.high[minute] as number;
    bars.low[row] = minutes.low[minute] as number;
    bars.close[row] = minutes.close[minute] as number;
    bars.volume[row] = minutes.volume[minute] as number;
    bars.openInterest[row] = minutes.openInterest[minute] as number;
  });
  return bars;
}
