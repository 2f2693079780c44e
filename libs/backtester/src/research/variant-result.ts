import { paise, type IstDate, type Paise, type SeriesSource } from '@sos/domain';

/** What came of one variant; plain data, the same wherever and with whatever company it was run. Money in paise. */
export interface VariantResult {
  /** Place of the variant in its plan, from 0. */
  readonly variant: number;
  /** As a backtest of this variant alone would have them. */
  readonly configHash: string;
  readonly dataHash: string;
  /** SHA-256 over the fingerprints of the orders, fills and trades of every session, without their record numbers. */
  readonly ledgerHash: string;
  readonly trades: number;
  readonly wins: number;
  readonly gross: Paise;
  readonly charges: Paise;
  readonly net: Paise;
  /** Sum of the net results of winning trades, and of losing ones (≤ 0). */
  readonly netWins: Paise;
  readonly netLosses: Paise;
  readonly unfilledEntries: number;
  /** Net result of each session, in the order of the sessions. */
  readonly dayNets: readonly number[];
  /** Why the variant could not be run to the end; null when it was. Everything else is then unknown and empty. */
  readonly failure: string | null;
}

/** What came of the variants of one part of a sweep. */
export interface VariantOutcome {
  readonly sessions: readonly IstDate[];
  /** Worst source of anything used. */
  readonly source: SeriesSource;
  readonly results: readonly VariantResult[];
}

/** What is left of a variant that could not be run. */
export function failedVariant(variant: number, failure: string): VariantResult {
  const none = paise(0);
  const hashes = { configHash: '', dataHash: '', ledgerHash: '' };
  const money = { gross: none, charges: none, net: none, netWins: none, netLosses: none };
  return { variant, ...hashes, trades: 0, wins: 0, ...money, unfilledEntries: 0, dayNets: [], failure };
}
