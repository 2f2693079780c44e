import type { FillQuality, GateAmbiguity, GateCosts, Report } from '@sos/analytics';
import { CHARGE_HEADS } from '@sos/domain';
import { csvLine, type CsvCell } from './csv.js';
import { sourceWord } from './format-figures.js';

type Columns<Row> = Readonly<Record<string, (row: Row) => CsvCell>>;

function* linesOf<Row>(report: Report, columns: Columns<Row>, rows: readonly Row[]): Iterable<string> {
  const data = sourceWord(report.provenance.source);
  const cells = Object.values(columns);
  yield csvLine(['run_id', 'data', ...Object.keys(columns)]);
  for (const row of rows) yield csvLine([report.runId, data, ...cells.map((cell) => cell(row))]);
}

const COST_COLUMNS: Columns<GateCosts> = {
  gate: (r) => r.gate,
  trades: (r) => r.trades,
  units: (r) => r.units,
  gross_at_mid_paise: (r) => r.grossAtMidPaise,
  spread_paise: (r) => r.spreadPaise,
  slippage_paise: (r) => r.slippagePaise,
  gross_paise: (r) => r.grossPaise,
  ...Object.fromEntries(CHARGE_HEADS.map((head) => [`${head}_paise`, (r: GateCosts) => r.chargesPaise[head]])),
  net_paise: (r) => r.netPaise,
  paid_spread_points: (r) => r.breakEven.paidPoints.value,
  dies_at_points: (r) => r.breakEven.diesAtPoints.value,
  headroom_points: (r) => r.breakEven.headroomPoints.value,
  unquoted_trades: (r) => r.unquoted.trades,
  unquoted_net_paise: (r) => r.unquoted.netPaise,
};

/** The cost waterfall of each gate as lines of CSV. */
export const costLines = (report: Report): Iterable<string> => linesOf(report, COST_COLUMNS, report.costs.gates ?? []);

interface FillRow extends FillQuality {
  readonly band: GateAmbiguity | undefined;
}

const FILL_COLUMNS: Columns<FillRow> = {
  gate: (r) => r.gate,
  trades: (r) => r.trades,
  unfilled_entries: (r) => r.unfilledEntries,
  chased_entries: (r) => r.chasedEntries,
  chased_exits: (r) => r.chasedExits,
  entry_chases: (r) => r.entryChases,
  exit_chases: (r) => r.exitChases,
  missed_stops: (r) => r.missedStops,
  missed_stop_cost_paise: (r) => r.missedStopCostPaise,
  beyond_mid_paise: (r) => r.beyondMidPaise.value,
  beyond_mid_points: (r) => r.beyondMidPoints.value,
  ambiguous_trades: (r) => r.band?.hinging ?? 0,
  worst_paise: (r) => r.band?.worstPaise ?? null,
  assumed_paise: (r) => r.band?.assumedPaise ?? null,
  best_paise: (r) => r.band?.bestPaise ?? null,
};

/** Fill quality and ambiguity band of each gate as lines of CSV. */
export function fillLines(report: Report): Iterable<string> {
  const band = new Map(report.ambiguityByGate.map((row) => [row.gate, row]));
  const rows = report.fillQuality.map((row) => ({ ...row, band: band.get(row.gate) }));
  return linesOf(report, FILL_COLUMNS, rows);
}
