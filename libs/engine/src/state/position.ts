import type { ChargeBreakdown, EpochMs, ExitReason, OptionContract, Paise, Regime, Side, Units } from '@sos/domain';
import type { Lots, OptionSeries } from '@sos/domain';
import type { EntryPlan } from '../entry/plan-entry.js';
import type { FillModel } from '../execution/fill-model.js';
import type { LedgerSlip, OrderLedger } from '../execution/order-ledger.js';
import type { SimulatedOrder } from '../simulation/simulated-order.js';
import type { PriceTrail } from './price-trail.js';

/** An entry whose order is at work. */
export interface WorkingEntry {
  readonly plan: EntryPlan;
  readonly order: SimulatedOrder;
  readonly slip: LedgerSlip;
  readonly ledger: OrderLedger;
  readonly series: OptionSeries;
  /** Premium that the order binds until it is over, paise. */
  readonly reserve: number;
  /** No later than this it is given up. */
  readonly until: number;
  /** When the row began that it began on, and the row played last. */
  readonly openTime: number;
  row: number;
}

/** An admitted entry that waits for a price of its contract, or works at one. */
export interface EntryIntent {
  readonly gate: number;
  readonly orderId: number;
  readonly contract: OptionContract;
  readonly regime: Regime;
  readonly decidedAt: number;
  /** No row that opens later is used. */
  readonly lastOpen: number;
  readonly indexStop: number;
  readonly indexTarget: number;
  readonly sizeMultiplier: number;
  /** Why the last row seen did not do: reason code of the unfilled entry. */
  obstacle: string;
  working: WorkingEntry | null;
}

/** A bought option held for one gate. Prices are option premiums in rupees unless they are named paise. */
export interface Position {
  readonly gate: number;
  readonly contract: OptionContract;
  readonly regime: Regime;
  readonly signalTime: EpochMs;
  readonly entryTime: EpochMs;
  /** Σ price × units of the entry's fills, paise, and their mean. */
  readonly entryValue: number;
  readonly entryPaise: Paise;
  readonly entryCharges: ChargeBreakdown;
  readonly lots: Lots;
  readonly units: Units;
  readonly initialRisk: Paise;
  readonly series: OptionSeries;
  /** The row told last. */
  row: number;
  readonly target: number;
  /** Index level whose loss closes the position. */
  readonly indexStop: number;
  /** Premium at which the stop moves to break-even; Infinity = never. */
  breakEvenTrigger: number;
  readonly charge: (side: Side, premium: Paise) => ChargeBreakdown;
  readonly fills: FillModel;
  readonly entry: OrderLedger;
  /** The order that will close it: rests as a stop, then leaves. */
  readonly exit: SimulatedOrder;
  readonly exitLedger: OrderLedger;
  /** The exit is at work: stop and target are over. */
  leaving: boolean;
  /** What a target reached first would have paid a unit, when the order of stop and target is unknowable; else null. */
  bestPrice: Paise | null;
  /** A print far from everything known, rupees: believed when the next one is near it. NaN = none. */
  suspect: number;
  stop: number;
  stopMoved: boolean;
  /** From this instant on the position leaves at the next price, for `exitReason`. */
  exitAt: number;
  exitReason: ExitReason;
  exitDetail: string;
  readonly trail: PriceTrail;
  /** Minutes without a row while open. */
  missingMinutes: number;
  open: boolean;
}
