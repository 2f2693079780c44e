import type {
  DecisionRecord,
  EpochMs,
  FillRecord,
  IstDate,
  OrderRecord,
  Paise,
  SeriesSource,
  TradeRecord,
  Underlying,
} from '@sos/domain';

/** What of one session a run could use. */
export interface SessionCoverage {
  readonly underlying: Underlying;
  readonly date: IstDate;
  /** Minutes the rulebook says were traded, and index bars that were there. */
  readonly expectedBars: number;
  readonly indexBars: number;
  readonly chainSnapshots: number;
  /** Share of index minutes, 0..1, that had a chain no older than the staleness limit. */
  readonly chainShare: number;
  readonly indexSource: SeriesSource;
  /** Weakest source of the option data: chains and the premiums asked for; null when there was none. */
  readonly premiumSource: SeriesSource | null;
  readonly volumeSource: VolumeSource;
  readonly origins: readonly string[];
}

/** Where the vocabulary's `volume` came from: an index has none. */
export type VolumeSource = 'future' | 'option-band' | 'none';

/** How often one condition kept one gate out, over the whole run. */
export interface VetoCount {
  readonly gate: string;
  readonly underlying: Underlying;
  readonly phase: string;
  readonly condition: string;
  readonly failed: number;
  readonly unknown: number;
}

/** P&L of the trades whose order of stop and target inside one bar is unknowable. */
export interface AmbiguityBand {
  readonly trades: number;
  readonly assumed: Paise;
  readonly best: Paise;
  readonly worst: Paise;
}

/** How the orders of a run went, beside its fills. */
export interface ExecutionTotals {
  /** Entries given up with a part of their units; entries re-priced before they filled. */
  readonly partialEntries: number;
  readonly chasedEntries: number;
  /** Exits that were re-priced; of these the ones that went to the edge of their collar. */
  readonly chasedExits: number;
  readonly escalatedExits: number;
  /** What fills gave beyond the first limit of their chase. */
  readonly chaseCost: Paise;
  /** Stops whose limit the market jumped over, and what was lost below that limit. */
  readonly missedStops: number;
  readonly missedStopCost: Paise;
  /** Prints and quotes that were not believed: they triggered and filled nothing. */
  readonly freakPrints: number;
  readonly crossedQuotes: number;
  readonly staleQuotes: number;
}

/** What the market of an entry could have borne, for the report's capacity; known in hindsight, no decision reads it. */
export interface EntryLiquidity {
  readonly orderId: number;
  /** Units traded in the contract during the minute of the fill; null when unknown. */
  readonly minuteVolume: number | null;
  /** Units offered at the touch, as last known before the fill; null when unknown or stale. */
  readonly touchUnits: number | null;
}

/** Everything a finished run says; plain data, the input of reports, store and API. */
export interface RunResult {
  readonly runId: string;
  readonly from: IstDate;
  readonly to: IstDate;
  readonly underlyings: readonly Underlying[];
  readonly gates: readonly string[];
  /** Worst source of anything used: what the report must be labelled. */
  readonly source: SeriesSource;
  readonly firstEvent: EpochMs | null;
  readonly lastEvent: EpochMs | null;
  readonly startingCapital: Paise;
  readonly orders: readonly OrderRecord[];
  readonly fills: readonly FillRecord[];
  readonly trades: readonly TradeRecord[];
  readonly decisions: readonly DecisionRecord[];
  readonly vetoes: readonly VetoCount[];
  readonly coverage: readonly SessionCoverage[];
  readonly unfilledEntries: number;
  readonly execution: ExecutionTotals;
  readonly ambiguity: AmbiguityBand;
  /** Of every entry that was filled; left out by runs that were stored before it was kept. */
  readonly liquidity?: readonly EntryLiquidity[];
  /** SHA-256 (hex) of the data used, of configuration and gates, and of orders + fills + trades. */
  readonly dataHash: string;
  readonly configHash: string;
  readonly ledgerHash: string;
  readonly rulebookVersion: string;
  readonly engineVersion: string;
}
