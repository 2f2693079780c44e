import { Liquidity } from '../simulation/liquidity.js';
import { adverseWalk } from '../simulation/market-span.js';
import type { Market } from '../simulation/market.js';
import { quoteAt } from '../simulation/simulated-order.js';
import type { Turn } from '../state/turn.js';
import type { Offer, UnderlyingBook } from '../state/underlying-book.js';
import type { FillModel, RowRef } from './fill-model.js';
import type { MarketQuote } from './limit-chase/market-quote.js';
import { isTwoSided, openingPrice } from './row-price.js';

/** What may be taken of a row, shared by every order on that contract; renewed when the row is. */
function liquidityOf({ book, state }: Turn, { series, row }: RowRef): Liquidity {
  const offer = offerOf(book, series);
  if (offer.row === row) return offer.liquidity;
  offer.row = row;
  // The volume of a quote was traded before it, and its displayed size limits already.
  const volume = series.kind === 'quotes' ? Number.NaN : (series.volume[row] as number);
  const traded = volume >= 0 ? volume * state.config.volumeShare : Number.NaN;
  return offer.liquidity.renew(series.bidQty[row] as number, series.askQty[row] as number, traded);
}

function offerOf({ offers }: UnderlyingBook, series: RowRef['series']): Offer {
  for (let i = 0; i < offers.length; i++) {
    const offer = offers[i] as Offer;
    if (offer.series === series) return offer;
  }
  const offer: Offer = { series, row: -1, liquidity: new Liquidity() };
  offers.push(offer);
  return offer;
}

/** The market of one row, its prices being those of the turn's span. */
export function marketOf(turn: Turn, at: RowRef, fills: FillModel): Market {
  const { market } = turn;
  market.half = fills.halfSpread(at, market.span.priceAt(market.span.from), turn.book.spot);
  market.liquidity = liquidityOf(turn, at);
  market.isQuote = at.series.kind === 'quotes';
  return market;
}

/** Makes the turn's span of the row seen: a bar is walked against an order from where it is met; a quote is that instant itself. */
export function walkOfRow({ market, seen }: Turn, { series }: RowRef, isBuy: boolean): void {
  if (series.kind === 'quotes') market.span.begin(seen.open, seen.from);
  else adverseWalk(market.span, seen, isBuy);
}

/** Makes the turn's span of the last quote, standing: what the market was between two quotes. */
export function standingQuote({ market }: Turn, { series, row }: RowRef): void {
  market.span.begin(openingPrice(series, row), series.openTime[row] as number);
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
