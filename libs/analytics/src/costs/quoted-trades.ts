import { AppError, type FillRecord, type Paise, type TradeRecord } from '@sos/domain';
import type { QuotedLeg, QuotedTrade } from './quoted-trade.js';

/** A fill of the ledger, with the best bid and ask when its order was decided on; null when there was no price. */
export interface DecidedFill extends Pick<FillRecord, 'orderId' | 'side' | 'units' | 'price'> {
  readonly decisionBid: Paise | null;
  readonly decisionAsk: Paise | null;
}

/** A trade of the ledger that names the orders whose fills it is. */
export interface TradeOfOrders extends Pick<TradeRecord, 'seq' | 'gate' | 'gross' | 'charges'> {
  readonly orderIds: readonly number[];
}

function legOf({ side, units, price, decisionBid: bid, decisionAsk: ask }: DecidedFill): QuotedLeg {
  return { side, units, price, quote: bid === null || ask === null ? null : { bid, ask } };
}

/**
 * The trades of a ledger beside their fills, as cost reports need them.
 * @throws SOS_INVARIANT for a trade without fills
 */
export function quotedTrades(trades: readonly TradeOfOrders[], fills: readonly DecidedFill[]): QuotedTrade[] {
  const byOrder = new Map<number, QuotedLeg[]>();
  for (const fill of fills) {
    const legs = byOrder.get(fill.orderId);
    if (legs === undefined) byOrder.set(fill.orderId, [legOf(fill)]);
    else legs.push(legOf(fill));
  }
  return trades.map(({ seq, gate, gross, charges, orderIds }) => {
    const legs = orderIds.flatMap((id) => byOrder.get(id) ?? []);
    if (legs.length === 0)
      throw new AppError(
        'SOS_INVARIANT',
        `expected fills of trade ${seq} of ${gate} under its orders ${orderIds.join(', ') || '(none)'}, found none`,
      );
    return { gate, gross, charges, legs };
  });
}
