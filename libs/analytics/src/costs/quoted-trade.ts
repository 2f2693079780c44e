import type { ChargeBreakdown, Paise, Side, Units } from '@sos/domain';

/** Best bid and ask of a contract, as known when a leg was decided on: at the signal of an entry, at the trigger of an exit. */
export interface DecisionQuote {
  readonly bid: Paise;
  readonly ask: Paise;
}

/** One fill of a trade, beside the quote on which it was decided. */
export interface QuotedLeg {
  readonly side: Side;
  readonly units: Units;
  readonly price: Paise;
  /** Null where only last prices were known: then spread and slippage cannot be told apart. */
  readonly quote: DecisionQuote | null;
}

/** A closed trade with its fills: what the engine has to deliver for cost reports. */
export interface QuotedTrade {
  readonly gate: string;
  readonly gross: Paise;
  readonly charges: ChargeBreakdown;
  /** Every fill of the trade; bought units = sold units. */
  readonly legs: readonly QuotedLeg[];
}
