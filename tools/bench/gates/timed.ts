/** Milliseconds on the clock and of this process's own processor time: on a busy machine they differ. */
export interface Timing {
  wall: number;
  processor: number;
}

/** Times a piece of work and adds it to `sum`. */
export function addTime(sum: Timing, work: () => void): void {
  const used = process.cpuUsage();
  const start = performance.now();
  work();
  sum.wall += performance.now() - start;
  sum.processor += process.cpuUsage(used).user / 1000;
}

/** Best and middle rate of several timed runs over `count` things, and the best by processor time as words where it differs by a tenth. */
export function ratesOf(runs: readonly Timing[], count: number): { best: number; median: number; note: string } {
  const by = (pick: (run: Timing) => number): number[] =>
    runs.map((run) => (count * 1000) / pick(run)).sort((a, b) => b - a);
  const rates = by((run) => run.wall);
  const [best = Number.NaN] = rates;
  const [own = Number.NaN] = by((run) => run.processor);
  const isNear = Math.abs(own / best - 1) < 0.1;
  const note = isNear ? '' : `; ${Math.round(own).toLocaleString('en-US')} by processor time, all threads`;
  return { best, median: rates[runs.length >> 1] ?? Number.NaN, note };
}
