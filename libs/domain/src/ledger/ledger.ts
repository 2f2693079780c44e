import type { ContractId } from '../market/contract.js';
import type { SeriesSource } from '../market/series-source.js';
import type { Bias, Side, Underlying } from '../market/underlying.js';
import type { EpochMs } from '../time/epoch-ms.js';
import type { Paise } from '../units/money.js';
import type { Lots, Units } from '../units/quantity.js';
import type { ChargeBreakdown } from './charges.js';

/** What the option chain says of the index; see the glossary. */
export const REGIMES = [
  'COMPLETE_BULLISH',
  'BULLISH',
  'SIDEWAYS_BULLISH',
  'SIDEWAYS',
  'SIDEWAYS_BEARISH',
  'BEARISH',
  'COMPLETE_BEARISH',
  'UNKNOWN',
] as const;

/** One of {@link REGIMES}. */
export type Regime = (typeof REGIMES)[number];

/** Why a position was closed. */
export const EXIT_REASONS = ['stop', 'target', 'index-stop', 'break-even', 'time', 'square-off', 'run-end'] as const;

/** One of {@link EXIT_REASONS}. */
export type ExitReason = (typeof EXIT_REASONS)[number];

/** Life of an order inside one run; `seq` orders records of equal time. */
export interface OrderRecord {
  readonly seq: number;
  readonly orderId: number;
  readonly time: EpochMs;
  readonly gate: string;
  readonly underlying: Underlying;
  readonly contract: ContractId;
  readonly side: Side;
  readonly lots: Lots;
  readonly units: Units;
  /** Limit price; null for an entry that never met a price to start from. */
  readonly limit: Paise | null;
  /** Price that turns a resting stop into a limit order; null for a plain limit. */
  readonly trigger: Paise | null;
  /** Re-prices of the chase before this moment. */
  readonly attempt: number;
  readonly status: 'placed' | 'modified' | 'filled' | 'unfilled' | 'cancelled' | 'rejected';
  readonly reason: string;
}

/** One execution of an order, the whole of it or a part: price in paise, units and every charge head. Brokerage falls on the first fill of an order. */
export interface FillRecord {
  readonly seq: number;
  readonly orderId: number;
  readonly time: EpochMs;
  readonly contract: ContractId;
  readonly side: Side;
  readonly units: Units;
  readonly price: Paise;
  /** Best bid and ask when the order was decided on, as quoted or as the spread model has them; null when there was no price. */
  readonly decisionBid: Paise | null;
  readonly decisionAsk: Paise | null;
  /** Full spread at the fill, quoted or modelled. */
  readonly spread: Paise;
  /** Re-prices of the chase before this fill. */
  readonly attempt: number;
  readonly charges: ChargeBreakdown;
  readonly source: SeriesSource;
}

/** One round trip: a position of one gate from entry to flat. */
export interface TradeRecord {
  readonly seq: number;
  readonly gate: string;
  readonly underlying: Underlying;
  readonly contract: ContractId;
  readonly bias: Bias;
  readonly regime: Regime;
  readonly signalTime: EpochMs;
  readonly entryTime: EpochMs;
  readonly exitTime: EpochMs;
  readonly lots: Lots;
  readonly units: Units;
  /** Mean prices of the fills, rounded to the paisa: `gross` comes from the fills themselves. */
  readonly entryPrice: Paise;
  readonly exitPrice: Paise;
  readonly exitReason: ExitReason;
  /** Stop and target were both inside the deciding bar: stop was assumed to come first. */
  readonly ambiguous: boolean;
  /** What the fills brought less what they cost, exactly. */
  readonly gross: Paise;
  readonly charges: ChargeBreakdown;
  /** gross − charges.total, exactly. */
  readonly net: Paise;
  /** Net result in the worst and the best order of events that the deciding bar allows; both equal `net` unless `ambiguous`. */
  readonly worst: Paise;
  readonly best: Paise;
  /** Orders of the entry and of the exit: their fills are the trade. */
  readonly orderIds: readonly number[];
  /** Re-prices until the last fill. */
  readonly entryChases: number;
  readonly exitChases: number;
  /** The market jumped over the limit of the stop: what was lost below that limit; null when it did not. */
  readonly missedStopCost: Paise | null;
  /** Initial risk: (entry − first stop) × units + expected charges; positive. */
  readonly initialRisk: Paise;
  /** Worst and best open P&L before charges, from prices after the fill. */
  readonly maxAdverse: Paise;
  readonly maxFavourable: Paise;
  /** Conditions that admitted the entry, in words. */
  readonly reasons: readonly string[];
  readonly source: SeriesSource;
}

/** A notable decision of a gate or of the engine: phase moves, signals, vetoes, refusals. */
export interface DecisionRecord {
  readonly seq: number;
  readonly time: EpochMs;
  readonly underlying: Underlying;
  readonly gate: string;
  readonly kind: 'advanced' | 'reset' | 'signal' | 'vetoed' | 'refused' | 'entered' | 'exited' | 'unfilled';
  /** Stable reason code, e.g. `timeout`, `filter`, `daily-loss`, `no-quote`. */
  readonly reason: string;
  /** Human detail, e.g. `phase TRIGGER`, `chain.pcr = 0.71, needs > 0.8`. */
  readonly detail: string;
}
