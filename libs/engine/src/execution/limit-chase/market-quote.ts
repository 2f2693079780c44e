import type { Side } from '@sos/domain';

/** The best prices of one option at an instant: rupees and units, NaN = unknown or nobody there. */
export interface MarketQuote {
  /** Exchange time, epoch ms. */
  readonly time: number;
  readonly bid: number;
  readonly ask: number;
  readonly bidQty: number;
  readonly askQty: number;
  /** Last traded price. */
  readonly last: number;
}

const isPrice = (value: number): boolean => value > 0 && value < Number.POSITIVE_INFINITY;

/** True when a buyer bids more than a seller asks: no such book exists, so nothing may be priced from it. */
export function isCrossed({ bid, ask }: MarketQuote): boolean {
  return isPrice(bid) && isPrice(ask) && bid > ask;
}

/** The price at which one can trade at once: a buyer's is the ask, a seller's the bid, else the last trade; NaN when unknown or crossed. */
export function farPrice(quote: MarketQuote, side: Side): number {
  if (isCrossed(quote)) return Number.NaN;
  const far = side === 'BUY' ? quote.ask : quote.bid;
  if (isPrice(far)) return far;
  return isPrice(quote.last) ? quote.last : Number.NaN;
}

/** What the option is worth by the quote: the middle of a two-sided book, else the last trade, else the side that is there; NaN when unknown or crossed. */
export function referencePrice(quote: MarketQuote): number {
  const { bid, ask, last } = quote;
  if (isCrossed(quote)) return Number.NaN;
  if (isPrice(bid) && isPrice(ask)) return (bid + ask) / 2;
  if (isPrice(last)) return last;
  return isPrice(ask) ? ask : isPrice(bid) ? bid : Number.NaN;
}
