import { MS_PER_MINUTE } from '@sos/domain';
import type { TvRow } from '../tradingview-schema.js';

const SETTLE_MS = 2_000;
// After the last bar of a session nothing comes that would show its end.
const QUIET_MS = 30_000;

/** Until when minutes are over: by the newest time that the vendor showed on this connection, or long enough ago by our clock. */
export interface MinuteClock {
  readonly vendorTime: number;
  /** Our clock less the delay of the vendor's data. */
  readonly now: number;
}

/**
 * The running bars of one contract. Tells each minute once, when it is finished, in order, over any number of connections; the state of a bar
 * never goes back to an older one.
 */
export class MinuteSeries {
  private readonly bars = new Map<number, TvRow>();
  private told = Number.NaN;

  /** Start of the last bar told; NaN before the first. */
  get toldUntil(): number {
    return this.told;
  }

  take(rows: readonly TvRow[]): void {
    for (const row of rows) {
      const start = row[0] * 1000;
      const known = this.bars.get(start);
      if (start <= this.told || (known !== undefined && isOlder(row, known))) continue;
      this.bars.set(start, row);
    }
  }

  /** The bars that are finished and not told yet, oldest first; on the very first asking the newest of them only. */
  finished({ vendorTime, now }: MinuteClock): TvRow[] {
    const over = [...this.bars.keys()]
      .filter((start) => {
        const close = start + MS_PER_MINUTE;
        return vendorTime >= close + SETTLE_MS || now >= close + QUIET_MS;
      })
      .sort((a, b) => a - b);
    const last = over.at(-1);
    if (last === undefined) return [];
    const rows = (Number.isNaN(this.told) ? [last] : over).map((start) => this.bars.get(start) as TvRow);
    for (const start of over) this.bars.delete(start);
    this.told = last;
    return rows;
  }
}

/** True when a row is a state of the bar from before another: it had traded less, or not yet reached its extremes. */
function isOlder(row: TvRow, known: TvRow): boolean {
  const at = (r: TvRow, column: 2 | 3 | 5): number => r[column] ?? Number.NaN;
  return at(row, 5) < at(known, 5) || at(row, 2) < at(known, 2) || at(row, 3) > at(known, 3);
}
