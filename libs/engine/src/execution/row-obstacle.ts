import type { OptionSeries } from '@sos/domain';
import type { EngineConfig } from '../engine-config.js';
import type { EntryIntent } from '../state/position.js';
import { isPrice, isTwoSided, openingPrice } from './row-price.js';

/** Whether a row may fill an entry: null when it may, else why not (`early`: it began before the decision and is not looked at). */
export type RowObstacle = 'early' | 'late' | 'no-price' | 'wide-spread' | 'cheap';

/**
 * Judges one row for one waiting entry. A bar must open at or after the decision; a quote must be strictly later, because the one of the same instant
 * may have been part of the decision.
 */
export function rowObstacle(
  intent: EntryIntent,
  { series, row }: { readonly series: OptionSeries; readonly row: number },
  config: EngineConfig,
): RowObstacle | null {
  const openTime = series.openTime[row] as number;
  const inTime = series.kind === 'quotes' ? openTime > intent.decidedAt : openTime >= intent.decidedAt;
  if (!inTime) return 'early';
  if (!(openTime <= intent.lastOpen)) return 'late';
  const price = openingPrice(series, row);
  if (!isPrice(price)) return 'no-price';
  if (price < config.minPremium) return 'cheap';
  return isTwoSided(series, row) && spreadShare(series, row) > config.maxSpreadShare ? 'wide-spread' : null;
}

function spreadShare(series: OptionSeries, row: number): number {
  const bid = series.bid[row] as number;
  const ask = series.ask[row] as number;
  return (2 * (ask - bid)) / (ask + bid);
}
