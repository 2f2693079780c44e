import { isFreak } from '../simulation/freak-print.js';
import type { Position } from '../state/position.js';
import type { Turn } from '../state/turn.js';
import { closingPrice, isCrossedRow, isPrice, openingPrice } from './row-price.js';

/**
 * Fills the turn's row with what of it triggers anything: a print many times off everything known around it does not, unless the next one confirms it. False when the
 * row begins with such a print, or is a crossed or old quote: then it tells nothing. Each is counted.
 */
export function believeRow({ state, seen }: Turn, position: Position): boolean {
  const { series, row, trail } = position;
  const { counts, config } = state;
  const isQuote = series.kind === 'quotes';
  const open = openingPrice(series, row);
  if (isQuote && !isCurrent(state, position)) return false;
  const ratio = config.freakRatio;
  if (isFreak(open, trail.mark, ratio) && !isConfirmed(position, open, ratio)) {
    counts.freakPrints++;
    position.suspect = open;
    return false;
  }
  position.suspect = Number.NaN;
  const close = isQuote ? open : believedClose(state, position, open);
  const top = close > open ? close : open;
  const bottom = close < open ? close : open;
  seen.row = row;
  seen.openTime = series.openTime[row] as number;
  seen.time = series.time[row] as number;
  seen.from = seen.openTime;
  seen.open = open;
  seen.close = close;
  seen.high = isQuote ? open : upTo(state, series.high[row] as number, top);
  seen.low = isQuote ? open : downTo(state, series.low[row] as number, bottom);
  return true;
}

/** False for a crossed or an old quote; counted. */
function isCurrent({ counts, config }: Turn['state'], { series, row }: Position): boolean {
  const isCrossed = isCrossedRow(series, row);
  const isOld = (series.availableAt[row] as number) - (series.time[row] as number) > config.staleQuoteSeconds * 1000;
  if (isCrossed) counts.crossedQuotes++;
  else if (isOld) counts.staleQuotes++;
  return !isCrossed && !isOld;
}

/** The last price of a row, NaN when it is unknown or not believed. */
function believedClose({ counts, config }: Turn['state'], position: Position, open: number): number {
  const last = closingPrice(position.series, position.row);
  if (!isPrice(last)) return Number.NaN;
  if (!isFreak(last, open, config.freakRatio)) return last;
  counts.freakPrints++;
  position.suspect = last;
  return Number.NaN;
}

/** A second print near the one that was not believed: then it was no freak. */
const isConfirmed = ({ suspect }: Position, open: number, ratio: number): boolean =>
  suspect > 0 && !isFreak(open, suspect, ratio);

function upTo({ counts, config }: Turn['state'], high: number, top: number): number {
  if (!(high > top)) return top;
  if (!isPrice(high)) return top;
  if (!isFreak(high, top, config.freakRatio)) return high;
  counts.freakPrints++;
  return top;
}

function downTo({ counts, config }: Turn['state'], low: number, bottom: number): number {
  if (!(low < bottom) || !(low > 0)) return bottom;
  if (!isFreak(low, bottom, config.freakRatio)) return low;
  counts.freakPrints++;
  return bottom;
}
