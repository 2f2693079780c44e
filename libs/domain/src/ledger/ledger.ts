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
  /** Limit price; null for a fill at the next price (first vertical's simple fills). */
  readonly limit: Paise | null;
  readonly status: 'placed' | 'filled' | 'unfilled' | 'cancelled' | 'rejected';
  readonly reason: string;
}

/** One execution of an order: price in paise, units and every charge head. */
export interface FillRecord {
  readonly seq: number;
  readonly orderId: number;
  readonly time: EpochMs;
  readonly contract: ContractId;
  readonly side: Side;
  readonly units: Units;
  readonly price: Paise;
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
  readonly entryPrice: Paise;
  readonly exitPrice: Paise;
  readonly exitReason: ExitReason;
  /** Stop and target were both inside the deciding bar: stop was assumed to come first. */
  readonly ambiguous: boolean;
  readonly gross: Paise;
  readonly charges: ChargeBreakdown;
  /** gross − charges.total, exactly. */
  readonly net: Paise;
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
