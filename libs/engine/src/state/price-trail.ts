/** What a position has lived through since its fill: extremes and the last real price. A class, so that its numbers are written in place on every row. */
export class PriceTrail {
  low: number;
  high: number;
  /** The last price, rupees. */
  mark: number;
  /** End of the last row told, epoch ms. */
  lastTime: number;
  /** Row of the last price. */
  lastRow: number;

  constructor(price: number, time: number, row: number) {
    this.low = price;
    this.high = price;
    this.mark = price;
    this.lastTime = time;
    this.lastRow = row;
  }
}
