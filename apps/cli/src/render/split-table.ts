import type { IntervalMetric, SplitCell, SplitDimension, TradeSplit } from '@sos/analytics';
import { csvLine, type CsvCell } from './csv.js';
import { formatMoney, formatMoneyMetric, formatShare, formatShareInterval } from './format-figures.js';
import { figures, renderTable } from './table.js';

const NAMES: Readonly<Record<SplitDimension, string>> = {
  gate: 'Gate',
  regime: 'Regime',
  weekday: 'Weekday',
  slot: 'From (IST)',
  daysToExpiry: 'Days to expiry',
  exitReason: 'Exit',
};

/** The name of a split for people: `Gate × Weekday`. */
export const splitName = ({ dimensions }: TradeSplit): string => dimensions.map((d) => NAMES[d]).join(' × ');

const moneyInterval = ({ interval, reason }: IntervalMetric): string =>
  interval === null ? reason : `${formatMoney(interval.low)} … ${formatMoney(interval.high)}`;

/** One split: every cell with its count and intervals. */
export function splitTable({ dimensions, cells }: TradeSplit, data: string): string {
  return renderTable(
    [
      ...dimensions.map((d) => ({ name: NAMES[d] })),
      ...figures('Trades', 'Win rate', '95 %', 'Net ₹', 'Expectancy ₹', '95 % of it', 'Sessions'),
      { name: 'Data' },
    ],
    cells.map((c) => [
      ...c.labels,
      String(c.trades),
      formatShare(c.winRate),
      formatShareInterval(c.winRateInterval),
      formatMoney(c.netPaise),
      formatMoneyMetric(c.expectancyPaise),
      moneyInterval(c.expectancyInterval),
      String(c.tradedSessions),
      data,
    ]),
  );
}

function csvCells(c: SplitCell): CsvCell[] {
  const { winRateInterval: w, expectancyInterval: e } = c;
  return [
    ...[c.trades, c.wins, c.winRate.value, w?.low ?? null, w?.high ?? null, c.netPaise, c.expectancyPaise.value],
    ...[e.interval?.low ?? null, e.interval?.high ?? null, e.reason, c.tradedSessions],
  ];
}

const CSV_COLUMNS = [
  ...[
    'run_id',
    'data',
    'split',
    'label',
    'second_label',
    'trades',
    'wins',
    'win_rate',
    'win_rate_low',
    'win_rate_high',
  ],
  ...['net_paise', 'expectancy_paise', 'expectancy_low_paise', 'expectancy_high_paise', 'no_interval', 'sessions'],
];

/** Every cell of some splits by at most two dimensions as lines of CSV, header first. */
export function* splitLines(
  splits: readonly TradeSplit[],
  { runId, data }: { readonly runId: string; readonly data: string },
): Iterable<string> {
  yield csvLine(CSV_COLUMNS);
  for (const { dimensions, cells } of splits)
    for (const cell of cells) {
      const [first = null, second = null] = cell.labels;
      yield csvLine([runId, data, dimensions.join('*'), first, second, ...csvCells(cell)]);
    }
}
