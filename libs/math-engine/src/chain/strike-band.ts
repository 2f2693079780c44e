/** Cells `from` (inclusive) to `to` (exclusive) of one snapshot's strikes in a chain's columns. */
export interface StrikeBand {
  from: number;
  to: number;
}

/** Index of the listed strike nearest to a price; of two equally near the lower. −1 when the price is NaN or there are no strikes. @param strikes ascending */
export function nearestStrikeIndex(strikes: ArrayLike<number>, price: number): number {
  const count = strikes.length;
  if (count === 0 || price !== price) return -1;
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((strikes[middle] as number) < price) low = middle + 1;
    else high = middle;
  }
  if (low > 0 && price - (strikes[low - 1] as number) <= (strikes[low] as number) - price) return low - 1;
  return low;
}

/** How a band of strikes is cut around a price. */
export interface StrikeBandOptions {
  /** Strikes on each side of the one at the money, ≥ 0. */
  readonly reach: number;
  /** First cell of the snapshot in its columns: snapshot index × number of strikes; default 0. */
  readonly offset?: number;
}

/**
 * The fixed band ATM ± reach: the strike nearest to `forward` and `reach` listed strikes on each side, as cells of the chain's columns. An empty band (from = to) when the
 * forward is unknown or the band is not wholly listed, since a band of other width would not be comparable.
 * @param strikes ascending, of one snapshot
 */
export function strikeBand(strikes: ArrayLike<number>, forward: number, options: StrikeBandOptions): StrikeBand {
  const offset = options.offset ?? 0;
  const atm = nearestStrikeIndex(strikes, forward);
  const from = atm - options.reach;
  const to = atm + options.reach + 1;
  if (atm < 0 || from < 0 || to > strikes.length) return { from: offset, to: offset };
  return { from: offset + from, to: offset + to };
}
