import { makeBarColumns, type BarColumns } from '@sos/domain';
import type { Session } from '@sos/rulebook';
import { auctionRows } from './closing-auction.js';
import type { SpotPath } from './spot-path.js';

/**
 * The index as printed: its fair value while its shares trade; flat during the closing auction, then one jump to the auction price and flat until its last print.
 * Volume and open interest unknown: an index has none.
 */
export function indexBars(path: SpotPath, seed: string, session: Session): BarColumns {
  const { frozenFrom, matchRow, indexRows } = auctionRows(seed, session);
  const bars = makeBarColumns(indexRows);
  for (const name of ['time', 'open', 'high', 'low', 'close'] as const)
    bars[name].set(path[name].subarray(0, indexRows));
  if (frozenFrom === indexRows) return bars;
  const frozen = path.close[frozenFrom - 1] as number;
  const settled = path.close[indexRows - 1] as number;
  for (const name of ['open', 'high', 'low', 'close'] as const) {
    bars[name].fill(frozen, frozenFrom, matchRow + 1);
    bars[name].fill(settled, matchRow + 1);
  }
  bars.close[matchRow] = settled;
  bars.high[matchRow] = Math.max(frozen, settled);
  bars.low[matchRow] = Math.min(frozen, settled);
  return bars;
}
