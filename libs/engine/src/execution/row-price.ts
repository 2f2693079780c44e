import type { OptionSeries } from '@sos/domain';

/** True for a price that can be traded at: above zero and finite. */
export function isPrice(value: number): boolean {
  return value > 0 && value < Number.POSITIVE_INFINITY;
}

/** True when a row shows both sides of the book, not crossed. */
export function isTwoSided(series: OptionSeries, row: number): boolean {
  const bid = series.bid[row] as number;
  const ask = series.ask[row] as number;
  return bid > 0 && ask >= bid && ask < Number.POSITIVE_INFINITY;
}

/** True when a row shows a bid above its ask: no such book exists. */
export function isCrossedRow(series: OptionSeries, row: number): boolean {
  const bid = series.bid[row] as number;
  const ask = series.ask[row] as number;
  return isPrice(bid) && isPrice(ask) && bid > ask;
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
