import type { Side } from '@sos/domain';

const known = (quantity: number): number => (quantity >= 0 ? quantity : Number.POSITIVE_INFINITY);

/**
 * How much of one row may still be taken, shared by all orders on that contract: never more than is displayed at a price, and of a minute never more than a
 * share of what was traded in it. What is unknown does not limit; of a new one nothing is known.
 */
export class Liquidity {
  #bidQty = Number.POSITIVE_INFINITY;
  #askQty = Number.POSITIVE_INFINITY;
  #bid = Number.POSITIVE_INFINITY;
  #ask = Number.POSITIVE_INFINITY;
  #traded = Number.POSITIVE_INFINITY;

  /** Begins a new row. Displayed units of both sides, and what its trades allow to be taken in all; NaN = unknown. */
  renew(bidQty: number, askQty: number, traded: number): this {
    this.#bidQty = known(bidQty);
    this.#askQty = known(askQty);
    this.#traded = known(traded);
    this.replenish();
    return this;
  }

  /** Units that an order of a side may take now, in whole lots. */
  available(side: Side, lot: number): number {
    const displayed = Math.min(side === 'BUY' ? this.#ask : this.#bid, this.#traded);
    return displayed === Number.POSITIVE_INFINITY ? displayed : Math.floor(displayed / lot) * lot;
  }

  take(side: Side, count: number): void {
    if (side === 'BUY') this.#ask -= count;
    else this.#bid -= count;
    this.#traded -= count;
  }

  /** Others have put new orders into the book: within a minute of trades, at each new price of a chase. */
  replenish(): void {
    this.#bid = this.#bidQty;
    this.#ask = this.#askQty;
  }
}
