import { MS_PER_MINUTE, type EpochMs } from '@sos/domain';
import type { ImportGap } from './importer.js';
import type { SessionWindow } from '@sos/rulebook';

/** What gaps are looked for. */
export interface GapSearch {
  readonly series: string;
  readonly windows: readonly SessionWindow[];
  /** Length of a bar in minutes. */
  readonly minutes: number;
}

/** Every run of missing bars of one session: from the close of the last bar before it to the close of its last missing bar. */
export function missingBars(closes: ReadonlySet<number>, search: GapSearch): ImportGap[] {
  const gaps: ImportGap[] = [];
  const step = search.minutes * MS_PER_MINUTE;
  for (const window of search.windows) {
    let from: number | null = null;
    for (let close = window.open + step; close <= window.close; close += step) {
      if (!closes.has(close)) from ??= close - step;
      else if (from !== null) {
        gaps.push({ series: search.series, from: from as EpochMs, to: (close - step) as EpochMs });
        from = null;
      }
    }
    if (from !== null) gaps.push({ series: search.series, from: from as EpochMs, to: window.close });
  }
  return gaps;
}
