import type { ChainTape, Contract, ContractId, EpochMs, IstDate, OptionContract, Underlying } from '@sos/domain';
import type { InstrumentMaster } from '@sos/symbol-master';
import type { CandleBatch, QuarantinedRows } from '../importers/import-sink.js';
import type { FeedOptions, LiveFeed } from './feed/live-feed.js';
import type { RateWindow } from './http/rate-limiter.js';
import type { MarketSurvey } from './market-survey.js';

/** What a provider can give and within which limits, for planning requests before they are made. */
export interface ProviderCapabilities {
  /** Kinds of contract that one-minute candles exist for; empty = no candles. */
  readonly candles: readonly Contract['kind'][];
  /** First day with one-minute candles. */
  readonly candlesSince: IstDate | null;
  /** True when candles of contracts that are over can be asked for (with the plan that the vendor asks for it). */
  readonly expiredContracts: boolean;
  /** Longest stretch of days that one candle request covers. */
  readonly candleDaysPerRequest: number;
  /** Contracts per quote request; 0 = no quotes. */
  readonly quotesPerRequest: number;
  /** Instruments of the live feed at once; 0 = no feed. */
  readonly feedInstruments: number;
  /** Calls that are planned at most, below the vendor's own limits; they count per interface of the vendor. */
  readonly rateLimits: readonly RateWindow[];
}

/** Whether the provider may be asked, and what to do when not. */
export interface ProviderSession {
  readonly state: 'not-needed' | 'valid' | 'expired' | 'missing';
  /** When the login ends, as the token itself says; null when there is none. */
  readonly expiresAt: EpochMs | null;
  /** What the user does next; null while all is well. */
  readonly nextStep: string | null;
}

/** One-minute candles of a contract over whole days, both included. */
export interface CandleRequest {
  readonly contract: Contract;
  readonly from: IstDate;
  readonly to: IstDate;
}

/** What one request of a provider brought: bars dated at their close, ascending, finished ones only; rows that were refused beside them. */
export interface ProvidedCandles {
  readonly candles: CandleBatch;
  readonly quarantined: readonly QuarantinedRows[];
}

/** The last trade of a contract as a provider printed it; NaN = unknown. */
export interface LastQuote {
  readonly contract: Contract;
  readonly lastPrice: number;
  readonly previousClose: number;
  /** Units traded today. */
  readonly volumeToday: number;
  readonly receivedAt: EpochMs;
}

/** A day on which exchanges do not trade, or trade at other hours, as a provider publishes it. */
export interface PublishedHoliday {
  readonly date: IstDate;
  readonly description: string;
  readonly kind: 'trading' | 'settlement' | 'special-timing';
  readonly closed: readonly string[];
  readonly open: readonly { readonly exchange: string; readonly from: EpochMs; readonly to: EpochMs }[];
}

/**
 * A vendor of market data behind words of the domain. A method that is absent is a thing the vendor does not give. Every method may throw
 * SOS_AUTH (with what to do next), SOS_NETWORK (the retry budget is spent), SOS_DATA_CORRUPT (an answer of another shape) and
 * SOS_UNKNOWN_SYMBOL (the vendor does not list the contract).
 */
export interface Provider extends MarketSurvey {
  readonly id: string;
  readonly capabilities: ProviderCapabilities;
  /** Known without asking the vendor. */
  session(): ProviderSession;
  /** One piece per request, oldest first; each call asks again. */
  candles?(request: CandleRequest): AsyncIterable<ProvidedCandles>;
  /** Expiries with contracts between two days, both included, ascending; past ones only where `expiredContracts`. */
  expiries?(request: { underlying: Underlying; from: IstDate; to: IstDate }): Promise<readonly IstDate[]>;
  /** Every option that is or was listed of an expiry, by strike, calls first; past expiries only where `expiredContracts`. */
  contracts?(request: { underlying: Underlying; expiry: IstDate }): Promise<readonly OptionContract[]>;
  /** One snapshot of the chain of an expiry, as of now; a tape without snapshots while nothing is published yet. */
  chain?(request: { underlying: Underlying; expiry: IstDate }): Promise<ChainTape>;
  /** The contracts listed today. */
  instruments?(): Promise<InstrumentMaster>;
  /** Contracts that the vendor did not answer for are absent. */
  quotes?(contracts: readonly Contract[]): Promise<ReadonlyMap<ContractId, LastQuote>>;
  /** The days off that the vendor publishes. */
  holidays?(): Promise<readonly PublishedHoliday[]>;
  /** A live feed, not yet started. */
  feed?(options: FeedOptions): LiveFeed;
}
