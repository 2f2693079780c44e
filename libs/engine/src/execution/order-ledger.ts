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
import { addCharges, lessCharges, noCharges } from '../ledger/add-charges.js';
import { recordOrder } from '../ledger/record-order.js';
import type { Execution, ExchangeListener } from '../simulation/simulated-order.js';
import type { Turn } from '../state/turn.js';
import type { ChaseRequest } from './limit-chase/limit-chase.js';
import { sliceUnits } from './limit-chase/slice-units.js';

/** What stays the same for all orders of one chase. */
export interface LedgerSlip {
  readonly gate: number;
  readonly contract: OptionContract;
  readonly side: Side;
  readonly lot: Units;
  /** Largest order, units: more becomes several orders. */
  readonly maxUnits: Units;
  readonly source: SeriesSource;
  readonly charge: (side: Side, premium: Paise) => ChargeBreakdown;
}

/** One order at the exchange. */
interface ChildOrder {
  readonly orderId: number;
  readonly units: number;
  filled: number;
  premium: number;
  charges: ChargeBreakdown;
  isOpen: boolean;
}

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
  charges: ChargeBreakdown = noCharges();
  firstFillAt = Number.NaN;
  lastFillAt = Number.NaN;
  attempt = 0;
  readonly orderIds: number[] = [];
  readonly #turn: Turn;
  readonly #slip: LedgerSlip;
  readonly #children: ChildOrder[] = [];
  #limit = 0;
  #trigger = 0;

  /** @param orderId id of the first order, when it was given out already */
  constructor(turn: Turn, slip: LedgerSlip, options: { readonly reason: string; readonly orderId?: number }) {
    this.#turn = turn;
    this.#slip = slip;
    this.reason = options.reason;
    if (options.orderId !== undefined) this.orderIds.push(options.orderId);
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
    for (const count of sliceUnits(total, this.#slip.maxUnits)) {
      const isFirst = this.#children.length === 0;
      const given = isFirst ? this.orderIds[0] : undefined;
      const orderId = given ?? this.#turn.state.nextOrder++;
      if (given === undefined) this.orderIds.push(orderId);
      this.#children.push({ orderId, units: count, filled: 0, premium: 0, charges: noCharges(), isOpen: true });
    }
    this.#recordOpen('placed', time);
  }

  #recordOpen(status: OrderRecord['status'], time: number): void {
    for (const child of this.#children) if (child.isOpen) this.#record(child, status, time);
  }

  #record(child: ChildOrder, status: OrderRecord['status'], time: number): void {
    const { gate, contract, side, lot } = this.#slip;
    const count = units(child.units);
    const size = Math.round(count / lot) as Lots;
    recordOrder(
      this.#turn,
      { orderId: child.orderId, gate, contract, side, lots: size, units: count, reason: this.reason },
      { time, status, limit: this.#limit, trigger: this.#trigger, attempt: this.attempt },
    );
  }

  filled({ time, units: count, price, spread, attempt }: Execution): void {
    this.attempt = attempt;
    if (!(this.firstFillAt <= time)) this.firstFillAt = time;
    this.lastFillAt = time;
    let left: number = count;
    for (const child of this.#children) {
      if (left === 0) break;
      if (!child.isOpen) continue;
      const part = Math.min(left, child.units - child.filled);
      left -= part;
      this.#fillChild(child, { time, units: part, price, spread });
    }
  }

  #fillChild(
    child: ChildOrder,
    {
      time,
      units: count,
      price,
      spread,
    }: { readonly time: number; readonly units: number; readonly price: Paise; readonly spread: number },
  ): void {
    const { side, contract, source, charge } = this.#slip;
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
