import type { EpochMs, OptionContract, Side } from '@sos/domain';
import { openUnits, type OrderRecord, type OrderView, type Product } from './order-record.js';

/** A trade of the day. */
export interface Trade {
  readonly id: string;
  readonly order: OrderView;
  readonly side: Side;
  readonly pricePaise: number;
  readonly size: number;
  readonly at: EpochMs;
}

/** What is held of an instrument in one product, with the day's purchases and sales. */
export interface Position {
  readonly instrumentKey: string;
  readonly contract: OptionContract;
  readonly product: Product;
  bought: number;
  boughtPaise: number;
  sold: number;
  soldPaise: number;
  /** Units held; below 0 when short. */
  quantity: number;
  /** Average price of what is held, in paise; 0 when flat. */
  averagePaise: number;
  realisedPaise: number;
}

/** Money of an account, in paise. */
export interface Funds {
  readonly openingPaise: number;
  readonly cashPaise: number;
  /** Premium of open purchases and the margin of uncovered sales. */
  readonly blockedPaise: number;
  readonly availablePaise: number;
}

// The stand-in knows no SPAN figures: an uncovered sale blocks this share of strike × units.
const SHORT_MARGIN = 0.15;
const nameOf = (key: string, product: Product): string => `${key} ${product}`;

/** Cash, positions and trades of the one account. Cash moves by premium only: charges are not the exchange's business. */
export class Account {
  readonly trades: Trade[] = [];
  private readonly openingPaise: number;
  private cashPaise: number;
  private readonly held = new Map<string, Position>();

  constructor(openingPaise: number) {
    this.openingPaise = openingPaise;
    this.cashPaise = openingPaise;
  }

  positions(): Position[] {
    return [...this.held.values()];
  }

  /** Books a fill and returns the position that it changed. */
  book(trade: Trade): Position {
    this.trades.push(trade);
    const { ticket } = trade.order;
    const name = nameOf(ticket.instrumentKey, ticket.product);
    const position = this.held.get(name) ?? flat(ticket);
    this.held.set(name, position);
    const value = trade.pricePaise * trade.size;
    if (trade.side === 'BUY') {
      position.bought += trade.size;
      position.boughtPaise += value;
      this.cashPaise -= value;
    } else {
      position.sold += trade.size;
      position.soldPaise += value;
      this.cashPaise += value;
    }
    hold(position, trade.side === 'BUY' ? trade.size : -trade.size, trade.pricePaise);
    return position;
  }

  /** Money with the orders that are live. */
  funds(live: readonly OrderRecord[]): Funds {
    const blockedPaise = this.premiumOf(live) + this.marginOf(live);
    const { openingPaise, cashPaise } = this;
    return { openingPaise, cashPaise, blockedPaise, availablePaise: cashPaise - blockedPaise };
  }

  private premiumOf(live: readonly OrderRecord[]): number {
    return live.reduce((sum, o) => sum + (o.ticket.side === 'BUY' ? o.ticket.limitPaise * openUnits(o) : 0), 0);
  }

  private marginOf(live: readonly OrderRecord[]): number {
    const uncovered = new Map<string, { units: number; strike: number }>();
    const count = (name: string, units: number, strike: number): void => {
      uncovered.set(name, { units: (uncovered.get(name)?.units ?? 0) + units, strike });
    };
    for (const p of this.held.values()) count(nameOf(p.instrumentKey, p.product), -p.quantity, p.contract.strike);
    for (const o of live)
      if (o.ticket.side === 'SELL')
        count(nameOf(o.ticket.instrumentKey, o.ticket.product), openUnits(o), o.ticket.contract.strike);
    let paise = 0;
    for (const { units, strike } of uncovered.values()) paise += Math.max(0, units) * strike * 100 * SHORT_MARGIN;
    return Math.round(paise);
  }
}

function flat({ instrumentKey, contract, product }: OrderRecord['ticket']): Position {
  const nothing = { bought: 0, boughtPaise: 0, sold: 0, soldPaise: 0, quantity: 0, averagePaise: 0, realisedPaise: 0 };
  return { instrumentKey, contract, product, ...nothing };
}

/** Adds signed units to a position: more of the same moves the average, fewer realise against it. */
function hold(position: Position, units: number, pricePaise: number): void {
  const { quantity } = position;
  const closing = Math.sign(units) === -Math.sign(quantity) ? Math.min(Math.abs(units), Math.abs(quantity)) : 0;
  if (closing > 0) position.realisedPaise += closing * (pricePaise - position.averagePaise) * Math.sign(quantity);
  const opening = Math.abs(units) - closing;
  const kept = Math.abs(quantity) - closing;
  position.quantity = quantity + units;
  if (position.quantity === 0) position.averagePaise = 0;
  else if (opening > 0)
    position.averagePaise = (kept * position.averagePaise + opening * pricePaise) / (kept + opening);
}
