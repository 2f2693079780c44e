import { isFreak } from '../simulation/freak-print.js';
import type { Position } from '../state/position.js';
import type { Turn } from '../state/turn.js';
import { closingPrice, isCrossedRow, isPrice, openingPrice } from './row-price.js';

/** The prices of one row that are believed. */
export interface BelievedRow {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  /** NaN when the row's last price is not believed, or unknown. */
  readonly close: number;
}

/**
 * What of a row triggers anything: a print many times off everything known around it does not, unless the next one confirms it. Null when the row begins with
 * such a print, or is a crossed or old quote: then it tells nothing. Each is counted.
 */
export function believedRow({ state }: Turn, position: Position, row: number): BelievedRow | null {
  const { series, trail } = position;
  const { counts, config } = state;
  const open = openingPrice(series, row);
  if (series.kind === 'quotes') {
    const isCrossed = isCrossedRow(series, row);
    const isOld = isStale(position, row, config.staleQuoteSeconds);
    if (isCrossed) counts.crossedQuotes++;
    else if (isOld) counts.staleQuotes++;
    if (isCrossed || isOld) return null;
  }
  const ratio = config.freakRatio;
  if (isFreak(open, trail.mark, ratio) && !isConfirmed(position, open, ratio)) {
    counts.freakPrints++;
    position.suspect = open;
    return null;
  }
  position.suspect = Number.NaN;
  if (series.kind === 'quotes') return { open, high: open, low: open, close: open };
  const last = closingPrice(series, row);
  const isOdd = isPrice(last) && isFreak(last, open, ratio);
  const close = isPrice(last) && !isOdd ? last : Number.NaN;
  if (isOdd) {
    counts.freakPrints++;
    position.suspect = last;
  }
  const top = Math.max(open, close === close ? close : open);
  const bottom = Math.min(open, close === close ? close : open);
  return {
    open,
    close,
    high: upTo(state, series.high[row] as number, top),
    low: downTo(state, series.low[row] as number, bottom),
  };
}

const isStale = ({ series }: Position, row: number, seconds: number): boolean =>
  (series.availableAt[row] as number) - (series.time[row] as number) > seconds * 1000;

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
