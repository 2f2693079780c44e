import {
  paise,
  units,
  type ChargeBreakdown,
  type EpochMs,
  type Lots,
  type OptionContract,
  type OrderRecord,
  type Paise,
  type SeriesSource,
  type Side,
  type Units,
} from '@sos/domain';
import { NO_CHARGES, addCharges, lessCharges } from '../ledger/add-charges.js';
import type { Execution, ExchangeListener } from '../simulation/simulated-order.js';
import type { Turn } from '../state/turn.js';
import type { ChaseRequest } from './limit-chase/limit-chase.js';
import { sliceUnits } from './limit-chase/slice-units.js';

/** What stays the same for all orders of one position. */
export interface LedgerSlip {
  readonly gate: number;
  readonly contract: OptionContract;
  readonly lot: Units;
  /** Largest order, units: more becomes several orders. */
  readonly maxUnits: Units;
  readonly source: SeriesSource;
  readonly charge: (side: Side, premium: Paise) => ChargeBreakdown;
}

/** One chase of a position. `orderId`: id of its first order, when it was given out already. */
export interface LedgerOptions {
  readonly side: Side;
  readonly reason: string;
  readonly orderId: number | undefined;
}

/** One order at the exchange. */
interface ChildOrder {
  readonly orderId: number;
  readonly units: Units;
  filled: number;
  premium: number;
  charges: ChargeBreakdown;
  isOpen: boolean;
}

const NO_CHILDREN: readonly ChildOrder[] = [];
const NO_IDS: readonly number[] = [];

/** Writes the life of one chase into the run's ledger: each order, each re-price, each fill with its share of the order's charges. */
export class OrderLedger implements ExchangeListener {
  reason: string;
  /** Best bid and ask when the chase was decided on, rupees; NaN = unknown. */
  decisionBid = Number.NaN;
  decisionAsk = Number.NaN;
  /** First limit that was asked for as a plain order, and the limit of the stop that rested last; paise, 0 = none. */
  firstLimit = 0;
  stopLimit = 0;
  units = 0;
  /** Σ price × units, paise. */
  value = 0;
  charges: ChargeBreakdown = NO_CHARGES;
  firstFillAt = Number.NaN;
  lastFillAt = Number.NaN;
  attempt = 0;
  orderIds: readonly number[];
  readonly #turn: Turn;
  readonly #slip: LedgerSlip;
  readonly #side: Side;
  #children: readonly ChildOrder[] = NO_CHILDREN;
  #limit = 0;
  #trigger = 0;

  constructor(turn: Turn, slip: LedgerSlip, { side, reason, orderId }: LedgerOptions) {
    this.#turn = turn;
    this.#slip = slip;
    this.#side = side;
    this.reason = reason;
    this.orderIds = orderId === undefined ? NO_IDS : [orderId];
  }

  /** Mean price of the fills, rounded to the paisa. */
  get meanPrice(): Paise {
    return paise(Math.round(this.value / this.units));
  }

  sent(request: ChaseRequest, time: number): void {
    if (request.kind === 'cancel') return;
    this.#limit = request.limit;
    this.#trigger = request.trigger ?? 0;
    if (this.#trigger > 0) this.stopLimit = request.limit;
    else if (this.firstLimit === 0) this.firstLimit = request.limit;
    if (request.kind === 'place') this.#place(request.units, time);
    else this.#recordOpen('modified', time);
  }

  #place(total: Units, time: number): void {
    if (total <= this.#slip.maxUnits && this.#children.length === 0) this.#children = [this.#child(total)];
    else
      for (const count of sliceUnits(total, this.#slip.maxUnits))
        this.#children = [...this.#children, this.#child(count)];
    this.#recordOpen('placed', time);
  }

  /** A new order; the first one has the id that was given out already. */
  #child(count: Units): ChildOrder {
    const given = this.#children.length === 0 ? this.orderIds[0] : undefined;
    const orderId = given ?? this.#turn.state.nextOrder++;
    if (given === undefined) this.orderIds = this.orderIds.length === 0 ? [orderId] : [...this.orderIds, orderId];
    return { orderId, units: count, filled: 0, premium: 0, charges: NO_CHARGES, isOpen: true };
  }

  #recordOpen(status: OrderRecord['status'], time: number): void {
    const children = this.#children;
    for (let i = 0; i < children.length; i++) {
      const child = children[i] as ChildOrder;
      if (child.isOpen) this.#record(child, status, time);
    }
  }

  #record(child: ChildOrder, status: OrderRecord['status'], time: number): void {
    const { gate, contract, lot } = this.#slip;
    const { state, book, out } = this.#turn;
    out.orders.push({
      seq: state.nextRecord++,
      orderId: child.orderId,
      time: Math.ceil(time) as EpochMs,
      gate: book.gates[gate]?.id ?? `#${gate}`,
      underlying: book.underlying,
      contract: contract.id,
      side: this.#side,
      lots: Math.round(child.units / lot) as Lots,
      units: child.units,
      limit: this.#limit > 0 ? paise(this.#limit) : null,
      trigger: this.#trigger > 0 ? paise(this.#trigger) : null,
      attempt: this.attempt,
      status,
      reason: this.reason,
    });
  }

  filled(execution: Execution): void {
    const { time, attempt } = execution;
    this.attempt = attempt;
    if (!(this.firstFillAt <= time)) this.firstFillAt = time;
    this.lastFillAt = time;
    let left: number = execution.units;
    const children = this.#children;
    for (let i = 0; i < children.length && left > 0; i++) {
      const child = children[i] as ChildOrder;
      if (!child.isOpen) continue;
      const part = Math.min(left, child.units - child.filled);
      left -= part;
      this.#fillChild(child, part, execution);
    }
  }

  #fillChild(child: ChildOrder, count: number, { time, price, spread }: Execution): void {
    const { contract, source, charge } = this.#slip;
    const side = this.#side;
    child.filled += count;
    child.premium += price * count;
    // Charges fall on orders: a part bears what the order costs with it less what it cost without.
    const whole = charge(side, paise(child.premium));
    const charges = lessCharges(whole, child.charges);
    child.charges = whole;
    this.charges = addCharges(this.charges, charges);
    this.units += count;
    this.value += price * count;
    const { state, out } = this.#turn;
    out.fills.push({
      seq: state.nextRecord++,
      orderId: child.orderId,
      time: Math.ceil(time) as EpochMs,
      contract: contract.id,
      side,
      units: units(count),
      price,
      decisionBid: toPaise(this.decisionBid),
      decisionAsk: toPaise(this.decisionAsk),
      spread: paise(Math.round(spread * 100)),
      attempt: this.attempt,
      charges,
      source,
    });
    if (child.filled < child.units) return;
    child.isOpen = false;
    this.#record(child, 'filled', time);
  }

  withdrawn(time: number): void {
    this.#recordOpen('cancelled', time);
    for (const child of this.#children) child.isOpen = false;
  }
}

const toPaise = (rupees: number): Paise | null => (rupees > 0 ? paise(Math.round(rupees * 100)) : null);
