/** The values a number can take: `low ≤ x ≤ high`, infinite when nothing is known. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

export const ANYTHING: Interval = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };

export function pointInterval(value: number): Interval {
  return { low: value, high: value };
}

// Infinity minus infinity and zero times infinity say nothing about the bound, so the bound falls back to the widest.
function widest(low: number, high: number): Interval {
  return {
    low: Number.isNaN(low) ? Number.NEGATIVE_INFINITY : low,
    high: Number.isNaN(high) ? Number.POSITIVE_INFINITY : high,
  };
}

export function addIntervals(a: Interval, b: Interval): Interval {
  return widest(a.low + b.low, a.high + b.high);
}

export function negateInterval(a: Interval): Interval {
  return { low: -a.high, high: -a.low };
}

function product(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : a * b;
}

export function multiplyIntervals(a: Interval, b: Interval): Interval {
  const corners = [product(a.low, b.low), product(a.low, b.high), product(a.high, b.low), product(a.high, b.high)];
  return { low: Math.min(...corners), high: Math.max(...corners) };
}

export function divideIntervals(a: Interval, b: Interval): Interval {
  if (b.low <= 0 && b.high >= 0) return ANYTHING;
  return multiplyIntervals(a, { low: 1 / b.high, high: 1 / b.low });
}

export function absInterval(a: Interval): Interval {
  if (a.low >= 0) return a;
  const high = Math.max(-a.low, a.high);
  return { low: a.high < 0 ? -a.high : 0, high };
}

/** Every value of `a` and `b` and between. */
export function hullOf(a: Interval, b: Interval): Interval {
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
}
