import { paise, roundToTick, type OptionSeries, type Paise } from '@sos/domain';
import type { EngineConfig } from '../engine-config.js';

/** True when a row shows both sides of the book, not crossed. */
export function isTwoSided(series: OptionSeries, row: number): boolean {
  const bid = series.bid[row] as number;
  const ask = series.ask[row] as number;
  return bid > 0 && ask >= bid && ask < Number.POSITIVE_INFINITY;
}

/** The price a row begins with: a bar's open; of a quote the middle of the book, else its last price. NaN when unknown. */
export function openingPrice(series: OptionSeries, row: number): number {
  return markOf(series, row, series.open[row] as number);
}

/** The price a row ends with, by the same rule. */
export function closingPrice(series: OptionSeries, row: number): number {
  return markOf(series, row, series.close[row] as number);
}

function markOf(series: OptionSeries, row: number, traded: number): number {
  // A last price can be old while the book moves; a two-sided quote is the better witness of what the option is worth now.
  if (series.kind === 'quotes' && isTwoSided(series, row))
    return ((series.bid[row] as number) + (series.ask[row] as number)) / 2;
  return traded;
}

/**
 * Half of the bid-ask spread in rupees: as quoted with the row, else modelled as `max(1 tick, spreadShare × price) / 2`.
 * A bar's quote belongs to its last instant, so of it only the width is used, never the level.
 */
export function halfSpread(series: OptionSeries, row: number, terms: PriceTerms): number {
  if (isTwoSided(series, row)) return ((series.ask[row] as number) - (series.bid[row] as number)) / 2;
  return Math.max(terms.tick / 100, terms.config.spreadShare * terms.price) / 2;
}

/** What a fill price is made of beside the row: the price it starts from, the tick and the settings. */
export interface PriceTerms {
  readonly config: EngineConfig;
  readonly tick: Paise;
  readonly price: number;
}

/** What a buyer pays: price plus half the spread (of a quote: the ask), rounded up to the tick, plus slippage ticks. */
export function buyPrice(series: OptionSeries, row: number, terms: PriceTerms): Paise {
  const rupees = terms.price + halfSpread(series, row, terms);
  return paise(roundToTick(rupees, terms.tick, 'up') + terms.config.slippageTicks * terms.tick);
}

/** What a seller gets: price less half the spread (of a quote: the bid), rounded down to the tick, less slippage ticks; at least one tick. */
export function sellPrice(series: OptionSeries, row: number, terms: PriceTerms): Paise {
  const rupees = Math.max(0, terms.price - halfSpread(series, row, terms));
  const price = roundToTick(rupees, terms.tick, 'down') - terms.config.slippageTicks * terms.tick;
  return paise(Math.max(terms.tick, price));
}
