import type { OptionSeries } from '@sos/domain';
import type { EngineConfig } from '../engine-config.js';
import type { EntryIntent } from '../state/position.js';
import { isFreak } from '../simulation/freak-print.js';
import { isCrossedRow, isPrice, isTwoSided, openingPrice } from './row-price.js';

/** Whether a row may fill an entry: null when it may, else why not (`early`: it began before the decision and is not looked at). */
export type RowObstacle = 'early' | 'late' | 'no-price' | 'wide-spread' | 'cheap' | 'crossed' | 'stale' | 'freak-print';

/**
 * Judges one row for one waiting entry. A bar must open at or after the decision; a quote must be strictly later, because the one of the same instant
 * may have been part of the decision. @param known premium of the contract in the latest chain, NaN when there is none
 */
export function rowObstacle(
  intent: EntryIntent,
  { series, row }: { readonly series: OptionSeries; readonly row: number },
  { config, known }: { readonly config: EngineConfig; readonly known: number },
): RowObstacle | null {
  const openTime = series.openTime[row] as number;
  const inTime = series.kind === 'quotes' ? openTime > intent.decidedAt : openTime >= intent.decidedAt;
  if (!inTime) return 'early';
  if (!(openTime <= intent.lastOpen)) return 'late';
  const price = openingPrice(series, row);
  if (!isPrice(price)) return 'no-price';
  if (series.kind === 'quotes') {
    if (isCrossedRow(series, row)) return 'crossed';
    const age = (series.availableAt[row] as number) - (series.time[row] as number);
    if (age > config.staleQuoteSeconds * 1000) return 'stale';
  }
  if (isFreak(price, known, config.freakRatio)) return 'freak-print';
  if (price < config.minPremium) return 'cheap';
  return isTwoSided(series, row) && spreadShare(series, row) > config.maxSpreadShare ? 'wide-spread' : null;
}

function spreadShare(series: OptionSeries, row: number): number {
  const bid = series.bid[row] as number;
  const ask = series.ask[row] as number;
  return (2 * (ask - bid)) / (ask + bid);
}
