import type { ChargeHead, IstDate, Paise, Underlying } from '@sos/domain';
import type { TradeSplit } from '../breakdown/split-trades.js';
import type { Capacity } from '../costs/capacity.js';
import { ambiguityBands, type GateAmbiguity } from '../intrabar/ambiguity-band.js';
import type { DayResult } from '../returns/daily-returns.js';
import { gateRows, refusalsOf, topVetoes, type GateRow, type RefusalCount } from './gate-row.js';
import { deflationOf, type Deflation } from './deflation.js';
import { fillQuality, type FillQuality } from './fill-quality.js';
import { gateCosts, type ReportCosts } from './gate-costs.js';
import { costsByHead } from './money-totals.js';
import { provenanceOf, type Provenance } from './provenance.js';
import type {
  ReportAmbiguity,
  ReportContext,
  ReportCoverage,
  ReportExecution,
  ReportInput,
  ReportVeto,
} from './report-input.js';
import { reportSplits } from './report-splits.js';
import { runCapacity } from './run-capacity.js';
import { runTotals, type RunTotals } from './run-totals.js';

/** Everything a report shows, as plain data: tables, files and pages are drawn from it and compute nothing. */
export interface Report {
  readonly runId: string;
  readonly from: IstDate;
  readonly to: IstDate;
  readonly underlyings: readonly Underlying[];
  readonly provenance: Provenance;
  readonly startingCapitalPaise: Paise;
  readonly rows: readonly GateRow[];
  readonly totals: RunTotals;
  readonly days: readonly DayResult[];
  /** What daily equity is made of: the engine keeps no marks between trades, and every position is closed by the end of its session. */
  readonly equityBasis: 'closed trades';
  /** The Sharpe ratio after the luck of all trials is taken off. */
  readonly deflation: Deflation;
  readonly costsByHeadPaise: Readonly<Record<ChargeHead, Paise>>;
  /** From the mids of the decisions to net, gate by gate, with the spread at which the gate dies. */
  readonly costs: ReportCosts;
  readonly fillQuality: readonly FillQuality[];
  /** How many lots each gate could trade. */
  readonly capacity: readonly Capacity[];
  /** By each dimension, and by gate and each other one. */
  readonly splits: readonly TradeSplit[];
  /** Null where the run did not count it. */
  readonly execution: ReportExecution | null;
  readonly ambiguity: ReportAmbiguity;
  /** Of every gate that traded. */
  readonly ambiguityByGate: readonly GateAmbiguity[];
  /** The conditions that most often kept gates out over the whole run. */
  readonly topVetoes: readonly ReportVeto[];
  readonly refusals: readonly RefusalCount[];
  readonly coverage: readonly ReportCoverage[];
  readonly hashes: ReportHashes;
  /** How the figures are defined, in one sentence each. */
  readonly conventions: readonly string[];
}

/** What a run can be checked against. */
export interface ReportHashes {
  readonly data: string;
  readonly config: string;
  readonly ledger: string;
  readonly rulebookVersion: string;
  readonly engineVersion: string;
}

const TOP_OF_RUN = 10;

/** The conventions behind the figures of a report. */
export const REPORT_CONVENTIONS: readonly string[] = [
  'Net is after every charge head; money is exact to the paisa.',
  'Win rate counts trades with net > 0; its interval is Wilson at 95 %.',
  'Profit factor is the sum of winning net results over the absolute sum of losing ones; without a losing trade it does not exist.',
  'Equity is made of closed trades: open positions are not marked inside a session, and none is open after it.',
  'Cost waterfall: half the spread of the quote on which each leg was decided, then slippage from that touch to the fill, then every charge head.',
  'A gate dies at the spread at which its net result is zero, signals, slippage and charges being what they were.',
  'Intervals of expectancy resample whole sessions (stationary day bootstrap, percentile, seed stated); of many cells some lie outside by chance.',
  'Max drawdown is the deepest fall of cumulated net results of closed trades in order of exit.',
  'Daily returns are net P&L over start-of-day capital, zero-trade days included, annualised with 252 sessions.',
  'Sharpe uses the sample deviation (ddof 1); Sortino divides by all observations.',
  'Stop and target inside one bar: the stop is assumed to come first; the ambiguity band shows best and worst.',
];

/**
 * The report of a finished run.
 * @param context what the run itself does not know: expiries of contracts, and how many trials were made
 * @throws SOS_INVARIANT when a trade does not add up: gross − charges = net and Σ heads = charges, to the paisa
 */
export function buildReport(input: ReportInput, context: ReportContext = {}): Report {
  const { totals, days } = runTotals(input);
  const costs = gateCosts(input);
  return {
    runId: input.runId,
    from: input.from,
    to: input.to,
    underlyings: input.underlyings,
    provenance: provenanceOf(input.source, input.coverage),
    startingCapitalPaise: input.startingCapital,
    rows: gateRows(input),
    totals,
    days,
    equityBasis: 'closed trades',
    deflation: deflationOf(
      days.map((d) => d.dayReturn),
      context.trials,
    ),
    costsByHeadPaise: costsByHead(input.trades),
    costs,
    fillQuality: fillQuality(input, costs),
    capacity: runCapacity(input),
    splits: reportSplits(input, context),
    execution: input.execution ?? null,
    ambiguity: input.ambiguity,
    ambiguityByGate: ambiguityBands(input.trades),
    topVetoes: topVetoes(input.vetoes, TOP_OF_RUN),
    refusals: refusalsOf(input.decisions),
    coverage: input.coverage,
    hashes: {
      data: input.dataHash,
      config: input.configHash,
      ledger: input.ledgerHash,
      rulebookVersion: input.rulebookVersion,
      engineVersion: input.engineVersion,
    },
    conventions: REPORT_CONVENTIONS,
  };
}
