/**
 * What a position has lived through since its fill: extremes and the last real price. A class whose numbers begin as NaN: declared without a value they would begin as
 * `undefined`, and V8 would then box every number stored later, on every row.
 */
export class PriceTrail {
  low = Number.NaN;
  high = Number.NaN;
  /** The last price, rupees. */
  mark = Number.NaN;
  /** End of the last row told, epoch ms. */
  lastTime = Number.NaN;
  /** Row of the last price. */
  lastRow = -1;

  constructor(price: number, time: number, row: number) {
    this.low = price;
    this.high = price;
    this.mark = price;
    this.lastTime = time;
    this.lastRow = row;
  }
}
