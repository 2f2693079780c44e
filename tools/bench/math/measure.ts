import type { BenchRow } from '../bench-row.js';

/** Work over rows `from` (inclusive) to `to` (exclusive) that returns a number made of every result, so that none can be left out. */
export type Kernel = (from: number, to: number) => number;

export interface Measured {
  readonly min: number;
  readonly median: number;
  readonly runs: number;
}

const WARM_UPS = 3000;
const SLICE = 200;

/** Everything measured flows into this, so that no engine can drop the work. */
let consumed = 0;

/** Nanoseconds per row: warmed on short slices first (a kernel that first runs long can stay compiled badly for ever), then `runs` runs over all rows. */
export function nanosecondsPerRow(kernel: Kernel, rows: number, runs = 21): Measured {
  for (let i = 0; i < WARM_UPS; i++) {
    const from = (i * 997) % Math.max(1, rows - SLICE);
    consumed += kernel(from, Math.min(rows, from + SLICE));
  }
  return timed(() => (consumed += kernel(0, rows)), rows, runs);
}

/** Nanoseconds per row of a call that does all rows at once; three calls warm it up. */
export function nanosecondsPerCall(call: () => unknown, rows: number, runs = 7): Measured {
  for (let i = 0; i < 3; i++) call();
  return timed(call, rows, runs);
}

function timed(call: () => unknown, rows: number, runs: number): Measured {
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const start = performance.now();
    call();
    times.push(((performance.now() - start) * 1e6) / rows);
  }
  times.sort((a, b) => a - b);
  return { min: times[0] ?? Number.NaN, median: times[times.length >> 1] ?? Number.NaN, runs };
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
