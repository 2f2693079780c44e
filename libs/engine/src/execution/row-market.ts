import { Liquidity } from '../simulation/liquidity.js';
import { adverseWalk, standingPrice, type MarketSpan, type MinutePrices } from '../simulation/market-span.js';
import { quoteAt, type Market } from '../simulation/simulated-order.js';
import type { Turn } from '../state/turn.js';
import type { BelievedRow } from './believed-row.js';
import type { FillModel, RowRef } from './fill-model.js';
import type { MarketQuote } from './limit-chase/market-quote.js';
import { isTwoSided, openingPrice } from './row-price.js';

/** What may be taken of a row, shared by every order on that contract; made new when the row is. */
function liquidityOf({ book, state }: Turn, { series, row }: RowRef): Liquidity {
  const known = book.offers.find((offer) => offer.series === series);
  if (known?.row === row) return known.liquidity;
  const isQuote = series.kind === 'quotes';
  const liquidity = new Liquidity({
    bidQty: series.bidQty[row] as number,
    askQty: series.askQty[row] as number,
    // The volume of a quote was traded before it, and its displayed size limits already.
    volume: isQuote ? Number.NaN : (series.volume[row] as number),
    volumeShare: state.config.volumeShare,
  });
  if (known) {
    known.row = row;
    known.liquidity = liquidity;
  } else book.offers.push({ series, row, liquidity });
  return liquidity;
}

/** The market of one row as a span shows it. */
export function marketOf(
  turn: Turn,
  at: RowRef,
  { span, fills }: { readonly span: MarketSpan; readonly fills: FillModel },
): Market {
  const half = fills.halfSpread(at, span.priceAt(span.from), turn.book.spot);
  return { span, half, liquidity: liquidityOf(turn, at), isQuote: at.series.kind === 'quotes' };
}

/** Times and believed prices of a bar. */
export function minuteOf({ series, row }: RowRef, { open, high, low, close }: BelievedRow): MinutePrices {
  const [openTime, time] = [series.openTime[row] as number, series.time[row] as number];
  return { openTime, time, open, high, low, close: close === close ? close : open };
}

/** A bar walked against an order from its open; of a quote, the instant itself. */
export function walkOfRow(at: RowRef, prices: BelievedRow, isBuy: boolean): MarketSpan {
  const openTime = at.series.openTime[at.row] as number;
  if (at.series.kind === 'quotes') return standingPrice(prices.open, openTime, openTime);
  return adverseWalk(minuteOf(at, prices), isBuy, { at: openTime, price: prices.open });
}

/** The last quote, standing until an instant: what the market was between two quotes. */
export function standingQuote(at: RowRef, until: number): MarketSpan {
  return standingPrice(openingPrice(at.series, at.row), at.series.openTime[at.row] as number, until);
}

/** The book with which a row begins: the recorded one of a quote where it is whole, else the opening price with the modelled spread around it. */
export function bookOfRow({ book }: Turn, at: RowRef, fills: FillModel): MarketQuote {
  const { series, row } = at;
  const price = openingPrice(series, row);
  const time = series.openTime[row] as number;
  if (series.kind !== 'quotes' || !isTwoSided(series, row))
    return quoteAt(price, fills.halfSpread(at, price, book.spot), time);
  return {
    time,
    bid: series.bid[row] as number,
    ask: series.ask[row] as number,
    bidQty: series.bidQty[row] as number,
    askQty: series.askQty[row] as number,
    last: series.close[row] as number,
  };
}
