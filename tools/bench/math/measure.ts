import type { BenchRow } from '../bench-row.js';

/** Work over rows `from` (inclusive) to `to` (exclusive) that returns a number made of every result, so that none can be left out. */
export type Kernel = (from: number, to: number) => number;

export interface Measured {
  readonly min: number;
  readonly median: number;
  readonly runs: number;
}

const WARM_UPS = 3000;
const WARM_UP_ROWS = 200;
/** Rows per reading of the clock: tens of microseconds of work, which the scheduler of a busy machine seldom interrupts. */
const SLICE = 1000;

/** Everything measured flows into this, so that no engine can drop the work. */
const consumed = { sum: 0 };

/** Warms a kernel on short slices: one that first runs long can stay compiled badly for ever. */
export function warmUp(kernel: Kernel, rows: number): void {
  for (let i = 0; i < WARM_UPS; i++) {
    const from = (i * 997) % Math.max(1, rows - WARM_UP_ROWS);
    consumed.sum += kernel(from, Math.min(rows, from + WARM_UP_ROWS));
  }
}

export function middle(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[times.length >> 1] ?? Number.NaN;
}

/** Times of a kernel slice by slice: best and middle of each slice over the runs, added up. */
export class SliceClock {
  private readonly kernel: Kernel;
  private readonly rows: number;
  private readonly slices: number[][] = [];

  constructor(kernel: Kernel, rows: number) {
    this.kernel = kernel;
    this.rows = rows;
    for (let from = 0; from < rows; from += SLICE) this.slices.push([]);
    warmUp(kernel, rows);
  }

  /** Runs once over all rows. */
  run(): void {
    for (const [n, times] of this.slices.entries()) {
      const start = performance.now();
      consumed.sum += this.kernel(n * SLICE, Math.min(this.rows, (n + 1) * SLICE));
      times.push(performance.now() - start);
    }
  }

  /** Nanoseconds per row. */
  result(): Measured {
    const sum = (pick: (times: readonly number[]) => number): number =>
      (this.slices.reduce((total, times) => total + pick(times), 0) * 1e6) / this.rows;
    return { min: sum((times) => Math.min(...times)), median: sum(middle), runs: this.slices[0]?.length ?? 0 };
  }
}

/** A row whose yardstick was measured in the same run. */
export function rowOf(
  row: { name: string; unit: string; goal?: string },
  own: Measured,
  other?: { name: string; found: Measured },
): BenchRow {
  if (other === undefined) return { ...row, ...own };
  const ratio = other.found.median / own.median;
  return { ...row, ...own, yardstick: { name: other.name, value: other.found.median, ratio } };
}

/** Prints rows when a benchmark is run by itself. */
export function printRows(rows: readonly BenchRow[]): void {
  for (const row of rows) {
    const { yardstick } = row;
    const beside =
      yardstick === undefined
        ? ''
        : `   ${yardstick.name} ${yardstick.value.toFixed(1)} (${yardstick.ratio.toFixed(1)}x)`;
    const goal = row.goal === undefined ? '' : `   goal ${row.goal}`;
    process.stdout.write(
      `${row.name.padEnd(52)} ${row.min.toFixed(2)} / ${row.median.toFixed(2)} ${row.unit}${beside}${goal}\n`,
    );
  }
}
