import { istDateOf, type EpochMs } from '@sos/domain';
import { limitPriceBand, maxLotsPerOrder, tickSize } from '@sos/rulebook';
import type { DisplayedBook } from './displayed-book.js';
import type { OrderTicket } from './order-record.js';

const rupees = (paise: number): string => (paise / 100).toFixed(2);

/** Units in one order at most: the whole lots within the freeze quantity of the day. */
export function mostUnits({ contract }: Pick<OrderTicket, 'contract'>, lot: number, at: EpochMs): number {
  return maxLotsPerOrder(contract.underlying, contract.expiry, istDateOf(at)) * lot;
}

/** The tick of an option on the day, in paise. */
export function tickOf({ contract }: Pick<OrderTicket, 'contract'>, at: EpochMs): number {
  return tickSize('option', contract.underlying, istDateOf(at));
}

function beyondBand(price: number, ticket: OrderTicket, context: { book: DisplayedBook | null; at: EpochMs }): boolean {
  const reference = context.book?.lastPaise ?? Number.NaN;
  // A contract that has not traded yet has no reference.
  if (!(reference > 0)) return false;
  const exchange = ticket.contract.underlying === 'SENSEX' ? 'BSE' : 'NSE';
  const band = limitPriceBand({ referencePaise: reference, on: istDateOf(context.at), exchange });
  return band !== null && (price < band.lowest || price > band.highest);
}

/** Why the exchange or its risk system refuses an order that is well formed, in its words; null when it is taken. */
export function refusalOf(
  ticket: OrderTicket,
  context: { readonly book: DisplayedBook | null; readonly at: EpochMs; readonly lot: number },
): string | null {
  const tick = tickOf(ticket, context.at);
  const most = mostUnits(ticket, context.lot, context.at);
  const { limitPaise, triggerPaise, side, quantity } = ticket;
  if (quantity > most) return `RMS:Rule: Quantity ${quantity} exceeds the freeze quantity, at most ${most} per order`;
  for (const price of [limitPaise, triggerPaise])
    if (price % tick !== 0) return `RMS:Price ${rupees(price)} is not a multiple of the tick size ${rupees(tick)}`;
  if (ticket.type === 'SL' && (side === 'BUY' ? triggerPaise > limitPaise : triggerPaise < limitPaise))
    return `RMS:Trigger price ${rupees(triggerPaise)} is beyond the limit price ${rupees(limitPaise)}`;
  if (ticket.type !== 'MARKET' && beyondBand(limitPaise, ticket, context))
    return `EXCH:Price ${rupees(limitPaise)} is beyond the Limit Price Protection range`;
  return null;
}

/** The limit of a market order: protected, a share of the last price away; plain, the worst price that is displayed. Null when there is no price. */
export function limitOfMarket(ticket: OrderTicket, book: DisplayedBook | null, tick: number): number | null {
  const last = book?.lastPaise ?? Number.NaN;
  const isBuy = ticket.side === 'BUY';
  if (ticket.protectionPercent !== null) {
    const width = (last * ticket.protectionPercent) / 100;
    const price = isBuy ? Math.floor((last + width) / tick) * tick : Math.ceil((last - width) / tick) * tick;
    return price > 0 ? price : null;
  }
  const worst = (isBuy ? book?.asks : book?.bids)?.at(-1)?.pricePaise ?? last;
  return worst > 0 ? worst : null;
}
