import type { Report, TradeComparison } from '@sos/analytics';
import { formatIst, weakestSource, type EpochMs, type TradeRecord } from '@sos/domain';
import { formatMoney, sourceWord, UNKNOWN } from '../render/format-figures.js';
import { labelsOf } from '../render/labelled.js';
import { figures, renderTable } from '../render/table.js';
import type { Palette } from '../terminal/palette.js';
import type { FileDifference, InputComparison } from './compare-inputs.js';
import type { GatePair, MetricPair } from './compare-metrics.js';
import type { ValueDifference } from './value-differences.js';

/** Everything that `sos compare` found. */
export interface RunComparison {
  readonly a: Report;
  readonly b: Report;
  readonly verdict: string;
  readonly inputs: InputComparison;
  readonly metrics: readonly MetricPair[];
  readonly gates: readonly GatePair[];
  readonly trades: TradeComparison;
}

/** How much of it is shown. */
export interface CompareTextOptions {
  readonly palette: Palette;
  /** Most rows of each table. */
  readonly limit: number;
}

const LONGEST_VALUE = 60;

function valueText(value: unknown): string {
  if (value === undefined) return '(nothing)';
  const text = JSON.stringify(value);
  return text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE - 1)}…`;
}

function numberText(value: number | null, unit: MetricPair['unit']): string {
  if (value === null) return UNKNOWN;
  if (unit === 'paise') return formatMoney(value);
  if (unit === 'share') return `${(100 * value).toFixed(1)} %`;
  return unit === 'count' ? String(value) : value.toFixed(2);
}

const change = (before: number | null, after: number | null): number | null =>
  before === null || after === null ? null : after - before;

function limited(
  rows: readonly (readonly string[])[],
  limit: number,
  columns: Parameters<typeof renderTable>[0],
): string[] {
  if (rows.length === 0) return [];
  const rest = rows.length - limit;
  const more = rest > 0 ? [`… and ${rest} more; --all shows them`] : [];
  return [renderTable(columns, rows.slice(0, limit)), ...more];
}

const differenceRows = (differences: readonly ValueDifference[], name: string): string[][] =>
  differences.map((d) => [name, d.path, valueText(d.before), valueText(d.after)]);

function fileRows(files: readonly FileDifference[]): string[][] {
  return files.flatMap((f) =>
    f.kind === 'changed' ? differenceRows(f.differences, f.name) : [[f.name, f.kind, '', '']],
  );
}

function inputLines({ inputs, a, b }: RunComparison, { palette, limit }: CompareTextOptions): string[] {
  const same = (isSame: boolean, before: string, after: string): string =>
    isSame ? `the same (${before})` : `${before} → ${after}`;
  const [x, y] = [a.hashes, b.hashes];
  const facts = [
    ['data', same(inputs.sameData, x.data.slice(0, 16), y.data.slice(0, 16))],
    ['rulebook', same(inputs.sameRulebook, x.rulebookVersion, y.rulebookVersion)],
    ['engine', same(inputs.sameEngine, x.engineVersion, y.engineVersion)],
    ['configuration and gates', same(inputs.sameConfigHash, x.config.slice(0, 16), y.config.slice(0, 16))],
    ['ledger', same(inputs.sameLedger, x.ledger.slice(0, 16), y.ledger.slice(0, 16))],
  ];
  const lines = [palette.title('What made them'), ...facts.map(([name, text]) => `${name}: ${text}`)];
  if (inputs.config === null)
    return [
      ...lines,
      'configuration and gates of one of the runs are not on this machine: only their hashes are compared',
    ];
  const rows = [
    ...differenceRows(inputs.config, 'configuration'),
    ...fileRows(inputs.gates ?? []),
    ...fileRows(inputs.rules ?? []),
  ];
  return [
    ...lines,
    ...limited(
      rows,
      limit,
      ['Of', 'Path', 'A', 'B'].map((name) => ({ name })),
    ),
  ];
}

function metricLines({ metrics, gates }: RunComparison, { palette, limit }: CompareTextOptions): string[] {
  const rows = metrics.map(({ name, unit, before, after }) => [
    name,
    ...[before, after, change(before, after)].map((value) => numberText(value, unit)),
  ]);
  const gateRows = gates.map((g) => [
    g.gate,
    g.underlying,
    ...[g.tradesBefore, g.tradesAfter].map(String),
    ...[g.netBefore, g.netAfter, g.netAfter - g.netBefore].map(formatMoney),
  ]);
  const gateColumns = [{ name: 'Gate' }, { name: 'Symbol' }, ...figures('Trades A', 'B', 'Net ₹ A', 'B', 'Change')];
  return [
    ...['', palette.title('Figures'), renderTable([{ name: 'Figure' }, ...figures('A', 'B', 'Change')], rows)],
    ...(gates.length === 0 ? [] : ['', palette.title('Gates that differ'), ...limited(gateRows, limit, gateColumns)]),
  ];
}

const tradeCells = (t: TradeRecord): string[] => [t.gate, t.contract, formatIst(t.signalTime)];

function changeText(field: string, value: string | number | boolean | null): string {
  if (value === null) return 'none';
  if (field.endsWith('Time')) return formatIst(value as EpochMs).slice(11);
  const isMoney = typeof value === 'number' && /Price$|Cost$|^gross$|^net$/.test(field);
  return isMoney ? formatMoney(value) : String(value);
}

function tradeLines({ trades }: RunComparison, { palette, limit }: CompareTextOptions): string[] {
  const { removed, added, changed } = trades;
  const summary = [
    `net ${formatMoney(trades.netPaise)} = removed ${formatMoney(trades.removedPaise)} + added ${formatMoney(trades.addedPaise)} + changed ${formatMoney(trades.changedPaise)}`,
    `${trades.same} trades are the same, ${removed.length} only in A, ${added.length} only in B, ${changed.length} changed`,
  ];
  const gone = [
    ...removed.map((t) => ['only in A', ...tradeCells(t), `${t.exitReason}, ${formatMoney(t.net)}`]),
    ...added.map((t) => ['only in B', ...tradeCells(t), `${t.exitReason}, ${formatMoney(t.net)}`]),
    ...changed.map((c) => [
      'changed',
      ...tradeCells(c.before),
      c.changes
        .map(({ field, before, after }) => `${field} ${changeText(field, before)} → ${changeText(field, after)}`)
        .join('\n'),
    ]),
  ];
  const columns = ['Trade', 'Gate', 'Contract', 'Signal (IST)', 'What'].map((name) => ({ name }));
  return ['', palette.title('Trades'), ...summary, ...limited(gone, limit, columns)];
}

/** What changed between two runs, for people: what made them, their figures, and the trades that differ. */
export function compareText(comparison: RunComparison, { palette, limit }: CompareTextOptions): string {
  const provenances = [comparison.a.provenance, comparison.b.provenance];
  const worse = provenances.find((p) => p.source === weakestSource(provenances.map((one) => one.source)));
  const labels = labelsOf(worse ?? comparison.a.provenance, palette);
  // Every heading says where the numbers below it come from.
  const options = { palette: { ...palette, title: labels.title }, limit };
  const head = (['a', 'b'] as const).map((key) => {
    const { runId, from, to, underlyings, provenance } = comparison[key];
    const label = provenance.label === null ? '' : ` [${sourceWord(provenance.source)}]`;
    return `${key.toUpperCase()}: ${runId}, ${underlyings.join(', ')} ${from} to ${to}${label}`;
  });
  const lines = [
    ...labels.banner(),
    ...head,
    palette.title(comparison.verdict),
    '',
    ...inputLines(comparison, options),
    ...metricLines(comparison, options),
    ...tradeLines(comparison, options),
  ];
  return `${lines.join('\n')}\n`;
}
