import type { ContractId, DecisionRecord, IstDate, Paise, SeriesSource, TradeRecord, Underlying } from '@sos/domain';
import type { DecidedFill } from '../costs/quoted-trades.js';

/** What of one session a run could use. */
export interface ReportCoverage {
  readonly underlying: Underlying;
  readonly date: IstDate;
  readonly expectedBars: number;
  readonly indexBars: number;
  readonly chainSnapshots: number;
  /** Share of index minutes, 0..1, that had a fresh chain. */
  readonly chainShare: number;
  readonly indexSource: SeriesSource;
  readonly premiumSource: SeriesSource | null;
  readonly volumeSource: string;
  readonly origins: readonly string[];
}

/** How often one condition kept one gate out. */
export interface ReportVeto {
  readonly gate: string;
  readonly underlying: Underlying;
  readonly phase: string;
  readonly condition: string;
  readonly failed: number;
  readonly unknown: number;
}

/** P&L of the trades whose order of stop and target inside one bar is unknowable. */
export interface ReportAmbiguity {
  readonly trades: number;
  readonly assumed: Paise;
  readonly best: Paise;
  readonly worst: Paise;
}

/** How the orders of a run went; see the backtester's run result. */
export interface ReportExecution {
  readonly partialEntries: number;
  readonly chasedEntries: number;
  readonly chasedExits: number;
  readonly escalatedExits: number;
  readonly chaseCost: Paise;
  readonly missedStops: number;
  readonly missedStopCost: Paise;
  readonly freakPrints: number;
  readonly crossedQuotes: number;
  readonly staleQuotes: number;
}

/** What the market of an entry could have borne: known at the fill that opened the position. */
export interface ReportLiquidity {
  /** The order that the fill belongs to. */
  readonly orderId: number;
  /** Units traded in the contract during the minute of the fill; null when unknown. */
  readonly minuteVolume: number | null;
  /** Units that stood at the touch, as last known before the fill; null when unknown. */
  readonly touchUnits: number | null;
}

/** What a report must be told beside the run itself. */
export interface ReportContext {
  /** Reads the expiry out of a contract's id; without it the days to expiry are unknown. */
  readonly expiryOf?: (contract: ContractId) => IstDate | null;
  /** How often the data of the run were tried, this run included; 1 when nobody counted. */
  readonly trials?: ReportTrials;
}

/** The search that a run is the outcome of. */
export interface ReportTrials {
  /** Trials made on the same data, this one included; ≥ 1. */
  readonly count: number;
  /** Variance of their Sharpe ratios per session; null when it was not kept. */
  readonly sharpeVariance: number | null;
  /** Who counted, for people: `trial ledger`, `--trials`, `not counted`. */
  readonly origin: string;
}

/** What a report is made of: the finished run, as plain data. The backtester's run result has this shape. */
export interface ReportInput {
  readonly runId: string;
  readonly from: IstDate;
  readonly to: IstDate;
  readonly underlyings: readonly Underlying[];
  readonly gates: readonly string[];
  readonly source: SeriesSource;
  readonly startingCapital: Paise;
  /** Left out where only trades are known: then costs cannot be told apart. */
  readonly fills?: readonly DecidedFill[];
  readonly trades: readonly TradeRecord[];
  readonly decisions: readonly DecisionRecord[];
  readonly vetoes: readonly ReportVeto[];
  readonly coverage: readonly ReportCoverage[];
  readonly unfilledEntries: number;
  /** Left out by runs that were stored before it was counted. */
  readonly execution?: ReportExecution;
  readonly ambiguity: ReportAmbiguity;
  /** Left out by runs that were stored before it was kept. */
  readonly liquidity?: readonly ReportLiquidity[];
  readonly dataHash: string;
  readonly configHash: string;
  readonly ledgerHash: string;
  readonly rulebookVersion: string;
  readonly engineVersion: string;
}
