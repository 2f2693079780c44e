import type { ChainTape, EpochMs, FutureContract, IstDate, OptionContract, Underlying } from '@sos/domain';
import type { Buildup } from '@sos/math-engine';

/** Which open interest is asked for: the newest, or with `at` as it stood at that minute of a past or running session. */
export interface OpenInterestRequest {
  readonly underlying: Underlying;
  readonly expiry: IstDate;
  readonly at?: EpochMs;
}

/**
 * Open interest per strike with its change since the close of the session before, in units, as a vendor publishes both. `tape` holds one snapshot, or
 * none while nothing is published yet; the changes are parallel to `tape.strikes`, NaN = unknown. A day's first change never comes from the last print of
 * the session before: the exchange corrects open interest overnight.
 */
export interface OpenInterestSnapshot {
  readonly tape: ChainTape;
  readonly callChange: Float64Array;
  readonly putChange: Float64Array;
}

/** The buildups of one contract through the newest session, in steps of five or fifteen minutes. */
export interface BuildupRequest {
  readonly contract: OptionContract | FutureContract;
  readonly minutes: 5 | 15;
}

/** What a vendor says of a contract over one finished stretch of a session; NaN = unknown. */
export interface BuildupInterval {
  readonly from: EpochMs;
  readonly to: EpochMs;
  /** Null where the vendor's word is none of ours. */
  readonly buildup: Buildup | null;
  /** Prices in rupees; `close` may be a later price than the last of the stretch and lie outside `low`..`high`. */
  readonly low: number;
  readonly high: number;
  readonly close: number;
  /** Units at the end of the stretch. */
  readonly openInterest: number;
  /** Units since the stretch before. */
  readonly openInterestChange: number;
  /** Units traded since the open. */
  readonly volumeToday: number;
  readonly receivedAt: EpochMs;
}

/** An index as its exchange prints it; NaN = unknown. */
export interface IndexQuote {
  /** The name by which the exchange publishes it, upper case: `NIFTY 50`, `INDIA VIX`. */
  readonly name: string;
  /** The underlying that this index is, null for the many without options here. */
  readonly underlying: Underlying | null;
  readonly last: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly previousClose: number;
  /** Members that rose, fell and stayed. */
  readonly advances: number;
  readonly declines: number;
  readonly unchanged: number;
  /** Time of the page, to its minute. */
  readonly eventTime: EpochMs;
  readonly availableAt: EpochMs;
}

/** How many shares of the whole market rose, fell and stayed since the close before. */
export interface MarketBreadth {
  readonly advances: number;
  readonly declines: number;
  readonly unchanged: number;
  readonly eventTime: EpochMs;
  readonly availableAt: EpochMs;
}

/** Figures of the market that some vendors compute themselves. A method that is absent is a thing the vendor does not give. */
export interface MarketSurvey {
  /**
   * Open interest per strike.
   * @throws SOS_DATA_MISMATCH when the vendor served another time than `at`
   */
  openInterest?(request: OpenInterestRequest): Promise<OpenInterestSnapshot>;
  /** Finished stretches, oldest first; empty while nothing is published yet. */
  buildups?(request: BuildupRequest): Promise<readonly BuildupInterval[]>;
  /** Every index that the vendor prints; empty while nothing is published yet. */
  indexQuotes?(): Promise<readonly IndexQuote[]>;
  /** Null while nothing is published yet. */
  marketBreadth?(): Promise<MarketBreadth | null>;
}
