/** Price levels kept of each side of the book; deeper ones of a feed are not read. */
export const DEPTH_LEVELS = 5;

/**
 * What a feed said of many instruments at once; row `i` is one instrument. Prices float rupees, sizes and open interest units, times epoch ms.
 * NaN = not in the message, or a price of 0, which is how feeds write that there is none. Depth columns hold level `l` of row `i` at
 * `[i * DEPTH_LEVELS + l]`, best first. `volumeToday` is cumulative; `minute…` is the last FINISHED minute, `minuteTime` its start.
 * `impliedVolatility` is a fraction (0.1039 = 10.39 %) as the vendor computes it, Greeks likewise.
 */
export interface TickColumns {
  readonly capacity: number;
  /** Which instrument: the slot of its key in the feed's key table. */
  readonly slot: Int32Array;
  readonly lastPrice: Float64Array;
  readonly lastTradeTime: Float64Array;
  readonly lastQty: Float64Array;
  readonly previousClose: Float64Array;
  readonly bid: Float64Array;
  readonly bidQty: Float64Array;
  readonly ask: Float64Array;
  readonly askQty: Float64Array;
  readonly averagePrice: Float64Array;
  readonly volumeToday: Float64Array;
  readonly openInterest: Float64Array;
  readonly impliedVolatility: Float64Array;
  readonly totalBidQty: Float64Array;
  readonly totalAskQty: Float64Array;
  readonly delta: Float64Array;
  readonly theta: Float64Array;
  readonly gamma: Float64Array;
  readonly vega: Float64Array;
  readonly rho: Float64Array;
  readonly dayOpen: Float64Array;
  readonly dayHigh: Float64Array;
  readonly dayLow: Float64Array;
  readonly dayClose: Float64Array;
  readonly dayVolume: Float64Array;
  readonly minuteTime: Float64Array;
  readonly minuteOpen: Float64Array;
  readonly minuteHigh: Float64Array;
  readonly minuteLow: Float64Array;
  readonly minuteClose: Float64Array;
  readonly minuteVolume: Float64Array;
}

/** Columns for up to `capacity` instruments, everything unknown. */
export function makeTickColumns(capacity: number): TickColumns {
  const unknown = (levels = 1): Float64Array => new Float64Array(capacity * levels).fill(Number.NaN);
  return {
    capacity,
    slot: new Int32Array(capacity).fill(-1),
    lastPrice: unknown(),
    lastTradeTime: unknown(),
    lastQty: unknown(),
    previousClose: unknown(),
    bid: unknown(DEPTH_LEVELS),
    bidQty: unknown(DEPTH_LEVELS),
    ask: unknown(DEPTH_LEVELS),
    askQty: unknown(DEPTH_LEVELS),
    averagePrice: unknown(),
    volumeToday: unknown(),
    openInterest: unknown(),
    impliedVolatility: unknown(),
    totalBidQty: unknown(),
    totalAskQty: unknown(),
    delta: unknown(),
    theta: unknown(),
    gamma: unknown(),
    vega: unknown(),
    rho: unknown(),
    dayOpen: unknown(),
    dayHigh: unknown(),
    dayLow: unknown(),
    dayClose: unknown(),
    dayVolume: unknown(),
    minuteTime: unknown(),
    minuteOpen: unknown(),
    minuteHigh: unknown(),
    minuteLow: unknown(),
    minuteClose: unknown(),
    minuteVolume: unknown(),
  };
}

/** Columns that a feed fills together or not at all. */
export type TickPart = 'trade' | 'book' | 'totals' | 'greeks' | 'day' | 'minute';

/** The columns of each part; those of the book have `DEPTH_LEVELS` cells per row. */
export function tickParts(t: TickColumns): Readonly<Record<TickPart, readonly Float64Array[]>> {
  return {
    trade: [t.lastPrice, t.lastTradeTime, t.lastQty, t.previousClose],
    book: [t.bid, t.bidQty, t.ask, t.askQty],
    totals: [t.averagePrice, t.volumeToday, t.openInterest, t.impliedVolatility, t.totalBidQty, t.totalAskQty],
    greeks: [t.delta, t.theta, t.gamma, t.vega, t.rho],
    day: [t.dayOpen, t.dayHigh, t.dayLow, t.dayClose, t.dayVolume],
    minute: [t.minuteTime, t.minuteOpen, t.minuteHigh, t.minuteLow, t.minuteClose, t.minuteVolume],
  };
}
