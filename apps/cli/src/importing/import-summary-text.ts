import { formatIst, formatIstClock } from '@sos/domain';
import { QUARANTINE_REASONS, REPAIR_REASONS, type ImportGap } from '@sos/market-data';
import { figures, renderTable } from '../render/table.js';
import type { Palette } from '../terminal/palette.js';
import type { ImportResult } from './import-result.js';
import type { LeftOutBars } from './store-sink.js';

const GAPS_SHOWN = 15;

const whole = (count: number): string => count.toLocaleString('en-IN');
const sum = (tally: Readonly<Record<string, number | undefined>>): number =>
  Object.values(tally).reduce<number>((total, n) => total + (n ?? 0), 0);

/** The figures that imports and ingestions share. */
export type RowCounts = Pick<ImportResult, 'rowsRead' | 'written' | 'rows' | 'repaired' | 'quarantined' | 'gaps'>;

function countsTable(title: string, leading: readonly (readonly [string, number])[], counts: RowCounts): string {
  const { rowsRead, written, rows, repaired, quarantined, gaps } = counts;
  const lines: (readonly [string, number])[] = [
    ...leading,
    ['rows read', rowsRead],
    ['bars', written.bars],
    ['bars derived (put-call parity forward)', written.derivedBars],
    ['option bars', written.optionBars],
    ['chain rows', written.chainRows],
    ['vendor statistics', written.statRows],
    ['rows written: new', rows.inserted],
    ['rows written: changed', rows.changed],
    ['rows already there', rows.unchanged],
    ['repaired', sum(repaired)],
    ['quarantined', sum(quarantined)],
    ['gaps', gaps.length],
  ];
  return renderTable(
    [{ name: title }, ...figures('Count')],
    lines.map(([name, count]) => [name, whole(count)]),
  );
}

function reasonsTable<Reason extends string>(
  title: string,
  tally: Readonly<Partial<Record<Reason, number>>>,
  meanings: Readonly<Record<Reason, string>>,
): string[] {
  const found = (Object.keys(tally) as Reason[]).sort((a, b) => (tally[b] ?? 0) - (tally[a] ?? 0));
  if (found.length === 0) return [];
  const rows = found.map((reason) => [reason, whole(tally[reason] ?? 0), meanings[reason]]);
  return ['', renderTable([{ name: title }, ...figures('Rows'), { name: 'Meaning' }], rows)];
}

function gapRows(gaps: readonly ImportGap[]): string[] {
  if (gaps.length === 0) return [];
  const longest = [...gaps].sort((a, b) => b.to - b.from - (a.to - a.from) || a.from - b.from);
  const rows = longest
    .slice(0, GAPS_SHOWN)
    .map((g) => [g.series, formatIst(g.from), formatIstClock(g.to), String(Math.round((g.to - g.from) / 60_000))]);
  const more = gaps.length > GAPS_SHOWN ? [`and ${gaps.length - GAPS_SHOWN} shorter gaps`] : [];
  return [
    '',
    renderTable([{ name: 'Gap in' }, { name: 'From (IST)' }, { name: 'To' }, ...figures('Minutes')], rows),
    ...more,
  ];
}

function leftOutRows(leftOut: readonly LeftOutBars[]): string[] {
  if (leftOut.length === 0) return [];
  const rows = leftOut.map((one) => [one.unit, one.series, String(one.minutes), whole(one.bars)]);
  return [
    '',
    renderTable(
      [{ name: 'Left out: only 1-minute bars are stored' }, { name: 'Series' }, ...figures('Minutes', 'Bars')],
      rows,
    ),
  ];
}

/** The tables of rows: counts below some of the caller's own, repairs, quarantine, gaps. */
export function importTables(
  title: string,
  leading: readonly (readonly [string, number])[],
  counts: RowCounts,
): string[] {
  return [
    countsTable(title, leading, counts),
    ...reasonsTable('Repaired', counts.repaired, REPAIR_REASONS),
    ...reasonsTable('Quarantined', counts.quarantined, QUARANTINE_REASONS),
    ...gapRows(counts.gaps),
  ];
}

/** What an import read, wrote, mended and kept out, and where data are missing. */
export function importSummaryText(summary: ImportResult, palette: Palette): string {
  const variants = summary.variants.length === 0 ? '' : ` (${summary.variants.join(', ')})`;
  const sections = [
    palette.title(`${summary.kind}${variants} into data set ${summary.dataset}`),
    countsTable(
      'Import',
      [
        ['files imported', summary.units.imported],
        ['files skipped (already imported)', summary.units.skipped],
        ['files damaged', summary.units.failed],
        ['files left out (bars longer than a minute)', summary.units.leftOut],
      ],
      summary,
    ),
    ...reasonsTable('Repaired', summary.repaired, REPAIR_REASONS),
    ...reasonsTable('Quarantined', summary.quarantined, QUARANTINE_REASONS),
    ...leftOutRows(summary.leftOut),
    ...gapRows(summary.gaps),
  ];
  return `${sections.join('\n')}\n`;
}
