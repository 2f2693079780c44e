import type { Side } from '@sos/domain';

/** What one row of an option offers. Units; NaN = unknown. */
export interface OfferedSize {
  readonly bidQty: number;
  readonly askQty: number;
  /** Units traded in the minute, NaN when unknown or when the row is a quote. */
  readonly volume: number;
  readonly volumeShare: number;
}

const known = (quantity: number): number => (quantity >= 0 ? quantity : Number.POSITIVE_INFINITY);

/**
 * How much of one row may still be taken, shared by all orders on that contract: never more than is displayed at a price, and of a minute never more than a
 * share of what was traded in it. What is unknown does not limit.
 */
export class Liquidity {
  readonly #bidQty: number;
  readonly #askQty: number;
  #bid: number;
  #ask: number;
  #traded: number;

  constructor({ bidQty, askQty, volume, volumeShare }: OfferedSize) {
    this.#bidQty = known(bidQty);
    this.#askQty = known(askQty);
    this.#bid = this.#bidQty;
    this.#ask = this.#askQty;
    this.#traded = known(volume) * volumeShare;
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
