import { MS_PER_MINUTE, type OptionContract, type OptionSeries } from '@sos/domain';
import type { SessionWindow } from '@sos/rulebook';
import type { TickFolder } from './tick-folder.js';

const COLUMNS = ['open', 'high', 'low', 'close', 'bid', 'ask', 'bidQty', 'askQty', 'volume', 'openInterest'] as const;

/** Minutes of which anything is known: a quote, or trades that were all seen. */
function knownMinutes(folder: TickFolder): number[] {
  const { close, lastPrice } = folder.minutes;
  const rows: number[] = [];
  for (let minute = 0; minute < close.length; minute++) {
    const traded = !Number.isNaN(close[minute] as number) && !folder.isBroken(minute);
    if (traded || !Number.isNaN(lastPrice[minute] as number)) rows.push(minute);
  }
  return rows;
}

/**
 * The one-minute bars of one instrument. A minute quoted without a trade has volume 0 and no prices; a minute that the feed did not see
 * whole has neither prices nor volume; a minute without a message has no row.
 */
export function seriesOfMinutes(contract: OptionContract, folder: TickFolder, window: SessionWindow): OptionSeries {
  const rows = knownMinutes(folder);
  const column = (): Float64Array => new Float64Array(rows.length).fill(Number.NaN);
  const series = {
    contract,
    kind: 'bars' as const,
    source: 'recorded' as const,
    length: rows.length,
    openTime: Float64Array.from(rows, (minute) => window.open + minute * MS_PER_MINUTE),
    time: Float64Array.from(rows, (minute) => window.open + (minute + 1) * MS_PER_MINUTE),
    availableAt: Float64Array.from(rows, (minute) => window.open + (minute + 1) * MS_PER_MINUTE),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    bid: column(),
    ask: column(),
    bidQty: column(),
    askQty: column(),
    volume: column(),
    openInterest: column(),
  };
  rows.forEach((minute, row) => {
    for (const name of COLUMNS) series[name][row] = folder.minutes[name][minute] as number;
    if (Number.isNaN(series.volume[row] as number)) series.volume[row] = 0;
    if (!folder.isBroken(minute)) return;
    for (const name of ['open', 'high', 'low', 'close', 'volume'] as const) series[name][row] = Number.NaN;
  });
  return series;
}
