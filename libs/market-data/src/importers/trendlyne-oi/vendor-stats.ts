import { isUnderlying, istDateOf, type EpochMs } from '@sos/domain';
import type { QuarantineReason } from '../faults.js';
import type { MarketStats, QuarantinedRows } from '../import-sink.js';
import type { ImportBatch } from '../importer.js';
import { sessionWindows } from '../session-windows.js';
import { stampOfSnapshot } from './oi-snapshot.js';
import type { StatRow } from './read-oi-tables.js';
import { stampFault } from './recorded-clock.js';

const NO_UTC: ReadonlySet<number> = new Set();

function faultOf(row: StatRow, stamp: number): QuarantineReason | null {
  if (!isUnderlying(row.symbol)) return 'unknown-contract';
  if (Number.isNaN(stamp) || !(row.pcr > 0) || !(row.spot > 0)) return 'bad-number';
  return stampFault(stamp, sessionWindows(istDateOf(stamp as EpochMs)), NO_UTC);
}

/**
 * The vendor's statistics as points in time, ascending, one series per underlying: never bars, since points three minutes apart do not tell what
 * was between them.
 */
export function* statBatches(file: string, rows: readonly StatRow[]): Generator<ImportBatch> {
  const good = new Map<string, { readonly at: number; readonly row: StatRow }[]>();
  const quarantined: QuarantinedRows[] = [];
  for (const row of rows) {
    const at = stampOfSnapshot(row);
    const reason = faultOf(row, at);
    const sample = Object.values(row).join(',');
    if (reason) quarantined.push({ file, line: null, reason, rows: 1, sample });
    else good.set(row.symbol, [...(good.get(row.symbol) ?? []), { at, row }]);
  }
  for (const [underlying, points] of good) {
    if (!isUnderlying(underlying)) continue;
    points.sort((a, b) => a.at - b.at);
    const column = (of: (row: StatRow) => number): Float64Array => Float64Array.from(points, ({ row }) => of(row));
    const stats: MarketStats = {
      underlying,
      length: points.length,
      time: Float64Array.from(points, ({ at }) => at),
      pcr: column((row) => row.pcr),
      spot: column((row) => row.spot),
    };
    yield { type: 'stats', file, stats };
  }
  if (quarantined.length > 0) yield { type: 'quarantine', rows: quarantined };
}
