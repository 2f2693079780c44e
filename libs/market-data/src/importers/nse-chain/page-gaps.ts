import { MS_PER_MINUTE, type EpochMs } from '@sos/domain';
import type { ImportGap } from '../importer.js';
import type { SessionWindow } from '@sos/rulebook';

const SHORTEST_GAP_MS = 5 * MS_PER_MINUTE;
const TIMES_THE_CADENCE = 3;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/**
 * Holes between publications within a session: longer than three times the median distance, and than five minutes;
 * also from the open to the first publication and from the last one to the close.
 */
export function pageGaps(
  series: string,
  eventTimes: readonly EpochMs[],
  windows: readonly SessionWindow[],
): ImportGap[] {
  const apart = eventTimes.slice(1).map((time, i) => time - (eventTimes[i] as number));
  const limit = Math.max(SHORTEST_GAP_MS, TIMES_THE_CADENCE * median(apart));
  return windows.flatMap((window) => {
    const inside = eventTimes.filter((time) => time >= window.open && time <= window.close);
    const edges = [window.open, ...inside, window.close];
    const gaps: ImportGap[] = [];
    for (let i = 1; i < edges.length; i++) {
      const [from, to] = [edges[i - 1] as EpochMs, edges[i] as EpochMs];
      if (to - from > limit) gaps.push({ series, from, to });
    }
    return gaps;
  });
}
