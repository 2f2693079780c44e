import type { Transaction } from '../client.js';
import type { CopyEncoder } from '../copy/copy-encoder.js';
import type { RowSource } from '../copy/copy-in.js';
import type { Partitions } from '../copy/partitions.js';
import type { DataSource } from '../data-source.js';
import { QUALITY } from '../quality.js';
import type { MarketStat } from './market-stat.js';
import { lockSource, mergeByStage } from './merge-stage.js';
import type { WriteCount } from './write-count.js';

const TARGET = {
  table: 'market_stats',
  columns:
    'underlying, source_id, available_at, band, event_time, pcr, pcr_velocity, call_open_interest, put_open_interest, ' +
    'wall_above, wall_below, max_pain, advances, declines, spot, quality',
  key: 'underlying, source_id, available_at, band',
  time: 'available_at',
};

/** Merges market stats of one source. */
export async function writeStats(
  tx: Transaction,
  stats: readonly MarketStat[],
  { sourceId, source, partitions }: { sourceId: number; source: DataSource; partitions: Partitions },
): Promise<WriteCount> {
  const times = stats.map((s) => s.availableAt);
  const [from, to] = [Math.min(...times), Math.max(...times)];
  await partitions.ensure('market_stats', from, to);
  await lockSource(tx, sourceId);
  const rows: RowSource = {
    length: stats.length,
    write(encoder: CopyEncoder, row: number): void {
      const s = stats[row];
      if (s === undefined) return;
      const floats = [s.pcr, s.pcrVelocity, s.callOpenInterest, s.putOpenInterest, s.wallAbove, s.wallBelow, s.maxPain];
      const counts = [s.advances, s.declines];
      const unknown = [...floats, ...counts, s.spot].includes(null);
      encoder.row(16);
      encoder.text(s.underlying);
      encoder.integer(sourceId);
      encoder.time(s.availableAt);
      encoder.text(s.band);
      encoder.time(s.eventTime);
      for (const value of floats) encoder.float(value ?? Number.NaN);
      for (const value of counts)
        if (value === null) encoder.null();
        else encoder.integer(value);
      encoder.float(s.spot ?? Number.NaN);
      encoder.smallint(QUALITY[source.source] | (unknown ? QUALITY.absent : 0));
    },
  };
  return mergeByStage(tx, { ...TARGET, from, to }, rows);
}
