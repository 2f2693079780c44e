import type { BrokerBooks } from '../broker/broker-words.js';
import { isOver, type DeskState } from './desk-state.js';

/** Something that the broker holds otherwise than the journal says. */
export interface Difference {
  readonly contract: string;
  readonly detail: string;
}

interface Sum {
  bought: number;
  sold: number;
  boughtValue: number;
  soldValue: number;
}

const VALUE_TOLERANCE = 1e-4;

function sumOf(sums: Map<string, Sum>, contract: string): Sum {
  let sum = sums.get(contract);
  if (sum === undefined) sums.set(contract, (sum = { bought: 0, sold: 0, boughtValue: 0, soldValue: 0 }));
  return sum;
}

/** What our orders and the trades of others (a person at the broker's own app) explain together. */
function explained(state: DeskState, books: BrokerBooks): Map<string, Sum> {
  const sums = new Map<string, Sum>();
  for (const position of state.positions.values())
    for (const order of position.orders) {
      const sum = sumOf(sums, position.contract.id);
      if (order.side === 'BUY') sum.bought += order.filledUnits;
      else sum.sold += order.filledUnits;
      const value = order.filledUnits * order.averagePrice * 100;
      if (order.side === 'BUY') sum.boughtValue += value;
      else sum.soldValue += value;
    }
  for (const trade of books.trades) {
    if (state.byOrderId.has(trade.orderId)) continue;
    const sum = sumOf(sums, trade.contract);
    const value = trade.units * trade.price;
    if (trade.side === 'BUY') {
      sum.bought += trade.units;
      sum.boughtValue += value;
    } else {
      sum.sold += trade.units;
      sum.soldValue += value;
    }
  }
  return sums;
}

const isNear = (ours: number, theirs: number): boolean =>
  Math.abs(ours - theirs) <= VALUE_TOLERANCE * Math.max(Math.abs(theirs), 1);

/**
 * What of the broker's books the journal and foreign trades do not explain: quantities must be equal, values (and with them average prices) within 0.01 %;
 * every order of ours that is not over must be in the book.
 */
export function explainBooks(state: DeskState, books: BrokerBooks): Difference[] {
  const ours = explained(state, books);
  const differences: Difference[] = [];
  const say = (contract: string, detail: string): void => void differences.push({ contract, detail });
  const positions = new Map(books.positions.map((position) => [position.contract as string, position]));
  for (const contract of new Set([...ours.keys(), ...positions.keys()])) {
    const { bought, sold, boughtValue, soldValue } = sumOf(ours, contract);
    const held = positions.get(contract) ?? { boughtUnits: 0, soldUnits: 0, boughtValue: 0, soldValue: 0 };
    if (bought !== held.boughtUnits || sold !== held.soldUnits)
      say(
        contract,
        `expected ${bought} bought and ${sold} sold, found ${held.boughtUnits} and ${held.soldUnits} at the broker`,
      );
    else if (!isNear(boughtValue, held.boughtValue) || !isNear(soldValue, held.soldValue))
      say(
        contract,
        `expected ${Math.round(boughtValue)} and ${Math.round(soldValue)} paise, found ${held.boughtValue} and ${held.soldValue} at the broker`,
      );
  }
  const known = new Set(books.orders.map((order) => order.orderId));
  for (const order of state.orders.values()) {
    if (isOver(order) || order.orderId === '' || known.has(order.orderId)) continue;
    const contract = state.positions.get(order.position)?.contract.id ?? '';
    say(contract, `expected order ${order.orderId} in the book, found none`);
  }
  return differences;
}
