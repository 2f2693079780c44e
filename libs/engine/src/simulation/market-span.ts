/** Where a walk begins and through which prices it goes, rupees; each leg is straight, all legs have the same speed. */
export interface Walk {
  readonly from: number;
  readonly to: number;
  readonly prices: readonly number[];
  /** Rupees per millisecond. */
  readonly speed: number;
}

/**
 * The price of one option from one instant to another, as an order meets it: a walk through known prices, the last of which stands until the end.
 * A quote that stands is a walk of one price.
 */
export class MarketSpan {
  readonly from: number;
  readonly to: number;
  readonly #prices: readonly number[];
  readonly #times: readonly number[];

  constructor({ from, to, prices, speed }: Walk) {
    this.from = from;
    this.to = to;
    this.#prices = prices;
    const times = [from];
    for (let i = 1; i < prices.length; i++) {
      const length = Math.abs((prices[i] as number) - (prices[i - 1] as number));
      times.push((times[i - 1] as number) + (length > 0 ? length / speed : 0));
    }
    this.#times = times;
  }

  /** The price at an instant of the span. */
  priceAt(time: number): number {
    const times = this.#times;
    const prices = this.#prices;
    for (let i = 1; i < times.length; i++) {
      const [start, end] = [times[i - 1] as number, times[i] as number];
      if (time >= end) continue;
      const [a, b] = [prices[i - 1] as number, prices[i] as number];
      return time <= start ? a : a + ((b - a) * (time - start)) / (end - start);
    }
    return prices[prices.length - 1] as number;
  }

  /** The first instant from `after` on at which the price is at or below (`falling`) or at or above a level; Infinity when it never is. */
  firstAt(level: number, falling: boolean, after: number): number {
    const start = Math.max(after, this.from);
    if (reached(this.priceAt(start), level, falling)) return start;
    for (let i = 1; i < this.#times.length; i++) {
      const end = this.#times[i] as number;
      if (end <= start || !reached(this.#prices[i] as number, level, falling)) continue;
      const [a, b] = [this.#prices[i - 1] as number, this.#prices[i] as number];
      const begin = this.#times[i - 1] as number;
      return Math.max(start, begin + ((end - begin) * (level - a)) / (b - a));
    }
    return Number.POSITIVE_INFINITY;
  }

  /** The lowest (or highest) price from an instant on. */
  extremeAfter(time: number, isLow: boolean): number {
    let extreme = this.priceAt(Math.max(time, this.from));
    for (let i = 1; i < this.#times.length; i++) {
      if ((this.#times[i] as number) < time) continue;
      const price = this.#prices[i] as number;
      extreme = isLow ? Math.min(extreme, price) : Math.max(extreme, price);
    }
    return extreme;
  }
}

const reached = (price: number, level: number, falling: boolean): boolean =>
  falling ? price <= level : price >= level;

/** One minute of an option: when, and its four prices. */
export interface MinutePrices {
  readonly openTime: number;
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** Speed of the walk from the open through both extremes to the close in the time of the minute. */
function speedOf({ openTime, time, open, high, low, close }: MinutePrices, isBuy: boolean): number {
  const ends = isBuy ? high - open + (close - low) : open - low + (high - close);
  return (high - low + ends) / Math.max(1, time - openTime);
}

/**
 * The minute as it is assumed against an order of a side that begins at a price at an instant: first to the extreme that hurts it (a buyer: the high), then to the other one,
 * then to the close. Nobody knows the true order; this is the worst of those that the four prices allow.
 */
export function adverseWalk(
  minute: MinutePrices,
  isBuy: boolean,
  start: { readonly at: number; readonly price: number },
): MarketSpan {
  const { time, high, low, close } = minute;
  const extremes = isBuy ? [high, low] : [low, high];
  return new MarketSpan({
    from: start.at,
    to: time,
    prices: [start.price, ...extremes, close],
    speed: speedOf(minute, isBuy),
  });
}

/** After a level that was reached from below inside the minute: back to the low, then to the close; the high may lie behind. */
export function fallAfterTouch(
  minute: MinutePrices,
  touch: { readonly at: number; readonly price: number },
): MarketSpan {
  const { time, low, close } = minute;
  return new MarketSpan({ from: touch.at, to: time, prices: [touch.price, low, close], speed: speedOf(minute, false) });
}

/** A price that stands from one instant to another. */
export function standingPrice(price: number, from: number, to: number): MarketSpan {
  return new MarketSpan({ from, to, prices: [price], speed: 0 });
}
