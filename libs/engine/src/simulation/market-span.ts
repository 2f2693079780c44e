/** A straight walk has at most this many corners: where it begins, both extremes, the close. */
const CORNERS = 4;

/**
 * The price of one option from an instant on, as an order meets it: a walk through known prices, each leg straight and all at the same speed; the last price stands.
 * A quote that stands is a walk of one price. Filled anew for each use, so that a row costs no object.
 */
export class MarketSpan {
  /** When the walk begins. */
  from = Number.NaN;
  #corners = 0;
  readonly #prices = new Float64Array(CORNERS);
  readonly #times = new Float64Array(CORNERS);

  /** Forgets what was and begins at a price. */
  begin(price: number, from: number): this {
    this.from = from;
    this.#prices[0] = price;
    this.#times[0] = from;
    this.#corners = 1;
    return this;
  }

  /** Goes on to a price. @param speed rupees per millisecond */
  goTo(price: number, speed: number): this {
    const at = this.#corners++;
    const length = Math.abs(price - (this.#prices[at - 1] as number));
    this.#prices[at] = price;
    this.#times[at] = (this.#times[at - 1] as number) + (length > 0 ? length / speed : 0);
    return this;
  }

  /** The price at an instant of the span. */
  priceAt(time: number): number {
    const times = this.#times;
    const prices = this.#prices;
    const corners = this.#corners;
    for (let i = 1; i < corners; i++) {
      const end = times[i] as number;
      if (time >= end) continue;
      const start = times[i - 1] as number;
      const a = prices[i - 1] as number;
      return time <= start ? a : a + (((prices[i] as number) - a) * (time - start)) / (end - start);
    }
    return prices[corners - 1] as number;
  }

  /** The first instant from `after` on at which the price is at or below (`falling`) or at or above a level; Infinity when it never is. */
  firstAt(level: number, falling: boolean, after: number): number {
    const start = Math.max(after, this.from);
    if (reached(this.priceAt(start), level, falling)) return start;
    for (let i = 1; i < this.#corners; i++) {
      const end = this.#times[i] as number;
      const b = this.#prices[i] as number;
      if (end <= start || !reached(b, level, falling)) continue;
      const a = this.#prices[i - 1] as number;
      const begin = this.#times[i - 1] as number;
      return Math.max(start, begin + ((end - begin) * (level - a)) / (b - a));
    }
    return Number.POSITIVE_INFINITY;
  }

  /** The lowest (or highest) price from an instant on. */
  extremeAfter(time: number, isLow: boolean): number {
    let extreme = this.priceAt(Math.max(time, this.from));
    for (let i = 1; i < this.#corners; i++) {
      if ((this.#times[i] as number) < time) continue;
      const price = this.#prices[i] as number;
      extreme = isLow ? Math.min(extreme, price) : Math.max(extreme, price);
    }
    return extreme;
  }
}

const reached = (price: number, level: number, falling: boolean): boolean =>
  falling ? price <= level : price >= level;

/** One minute of an option: when, and its four prices. `from`: the instant from which an order meets it, at `open`. `close` NaN = unknown. */
export interface MinutePrices {
  readonly openTime: number;
  readonly time: number;
  readonly from: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** The price that a minute ends with: its open when nothing else is known. */
const endOf = ({ open, close }: MinutePrices): number => (close === close ? close : open);

/** Speed of the walk from the open through both extremes to the close in the time of the minute. */
function speedOf(minute: MinutePrices, isBuy: boolean): number {
  const { openTime, time, open, high, low } = minute;
  const close = endOf(minute);
  const ends = isBuy ? high - open + (close - low) : open - low + (high - close);
  return (high - low + ends) / Math.max(1, time - openTime);
}

/**
 * The minute as it is assumed against an order of a side that meets it from `from` on: first to the extreme that hurts it (a buyer: the high), then to the other one,
 * then to the close. Nobody knows the true order; this is the worst of those that the four prices allow.
 */
export function adverseWalk(span: MarketSpan, minute: MinutePrices, isBuy: boolean): MarketSpan {
  const { from, open, high, low } = minute;
  const speed = speedOf(minute, isBuy);
  span.begin(open, from);
  span.goTo(isBuy ? high : low, speed);
  span.goTo(isBuy ? low : high, speed);
  return span.goTo(endOf(minute), speed);
}

/** After a level that was reached from below inside the minute, at `from`: back to the low, then to the close; the high may lie behind. */
export function fallAfterTouch(span: MarketSpan, minute: MinutePrices, price: number): MarketSpan {
  const speed = speedOf(minute, false);
  return span.begin(price, minute.from).goTo(minute.low, speed).goTo(endOf(minute), speed);
}
