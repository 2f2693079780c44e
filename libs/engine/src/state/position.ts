import type { ChargeBreakdown, EpochMs, ExitReason, OptionContract, Paise, Regime, Side, Units } from '@sos/domain';
import type { Lots, OptionSeries } from '@sos/domain';
import type { FillModel } from '../execution/fill-model.js';
import type { PriceTrail } from './price-trail.js';

/** An admitted entry that waits for a price of its contract. */
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
}

/** A bought option held for one gate. Prices are option premiums in rupees unless they are named paise. */
export interface Position {
  readonly gate: number;
  readonly contract: OptionContract;
  readonly regime: Regime;
  readonly signalTime: EpochMs;
  readonly entryTime: EpochMs;
  readonly entryPaise: Paise;
  readonly entryCharges: ChargeBreakdown;
  readonly lots: Lots;
  readonly units: Units;
  readonly initialRisk: Paise;
  readonly series: OptionSeries;
  readonly target: number;
  /** Index level whose loss closes the position. */
  readonly indexStop: number;
  /** Premium at which the stop moves to break-even; Infinity = never. */
  breakEvenTrigger: number;
  readonly charge: (side: Side, premium: Paise) => ChargeBreakdown;
  readonly fills: FillModel;
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
