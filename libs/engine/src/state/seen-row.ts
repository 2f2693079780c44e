/**
 * The row of an option that is being looked at, as far as its prices are believed. One for each underlying, filled anew for each row: a row costs no object, and
 * numbers that begin as NaN stay unboxed.
 */
export class SeenRow {
  row = -1;
  /** When the row began and ended, and the instant from which its prices count for who looks at it; epoch ms. */
  openTime = Number.NaN;
  time = Number.NaN;
  from = Number.NaN;
  /** Rupees. `open` is the price at `from`. */
  open = Number.NaN;
  high = Number.NaN;
  low = Number.NaN;
  /** NaN when the row's last price is not believed, or unknown. */
  close = Number.NaN;
}
