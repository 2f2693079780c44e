import { Liquidity } from './liquidity.js';
import { MarketSpan } from './market-span.js';

/** What an order meets for a while: prices, the width around them, and size. Filled anew for each use. */
export class Market {
  readonly span = new MarketSpan();
  /** Half of the spread, rupees. */
  half = Number.NaN;
  liquidity = new Liquidity();
  /** The book is a recorded quote: what was taken of it does not come back. */
  isQuote = false;
}
