/** The deepest fall of an equity curve from its running peak, in the unit of the curve, and how long the longest one lasted. */
export interface Drawdown {
  /** ≤ 0; in the unit of the curve, or a fraction of the peak for `relativeDrawdown`. */
  readonly depth: number;
  /** Index of the peak (−1 = the start of the curve) and of the trough of the deepest fall. */
  readonly peak: number;
  readonly trough: number;
  /** Longest run of points below an earlier peak, to recovery or to the end, in points. */
  readonly longestUnderwater: number;
}

interface Walk {
  depth: number;
  peak: number;
  trough: number;
  longestUnderwater: number;
  peakAt: number;
  peakValue: number;
  run: number;
  readonly relative: boolean;
}

function visit(w: Walk, at: number, value: number): void {
  if (value >= w.peakValue) {
    w.peakValue = value;
    w.peakAt = at;
    w.run = 0;
    return;
  }
  w.run += 1;
  w.longestUnderwater = Math.max(w.longestUnderwater, w.run);
  const fall = w.relative ? value / w.peakValue - 1 : value - w.peakValue;
  if (fall >= w.depth) return;
  w.depth = fall;
  w.peak = w.peakAt;
  w.trough = at;
}

function walk(curve: readonly number[], start: number, relative: boolean): Drawdown {
  const w: Walk = {
    depth: 0,
    peak: -1,
    trough: -1,
    longestUnderwater: 0,
    peakAt: -1,
    peakValue: start,
    run: 0,
    relative,
  };
  for (let i = 0; i < curve.length; i++) visit(w, i, curve[i] as number);
  return { depth: w.depth, peak: w.peak, trough: w.trough, longestUnderwater: w.longestUnderwater };
}

/** Drawdown of a curve in its own unit (rupees, paise). @param start value before the first point */
export function absoluteDrawdown(curve: readonly number[], start = 0): Drawdown {
  return walk(curve, start, false);
}

/** Drawdown as a fraction of the running peak, −1..0, of compounded returns starting at 1. @param returns fractions per period */
export function relativeDrawdown(returns: readonly number[]): Drawdown {
  let equity = 1;
  return walk(
    returns.map((r) => (equity *= 1 + r)),
    1,
    true,
  );
}

/** Depth below the running peak at every period, fractions −1..0, of compounded returns starting at 1. */
export function underwaterCurve(returns: readonly number[]): number[] {
  let equity = 1;
  let peak = 1;
  return returns.map((r) => {
    equity *= 1 + r;
    peak = Math.max(peak, equity);
    return equity / peak - 1;
  });
}
