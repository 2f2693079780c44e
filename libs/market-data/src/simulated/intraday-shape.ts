/**
 * How restless an index is through the session: mean absolute one-minute return (basis points) at minutes after the open of a full session, measured on
 * 510 recorded NIFTY sessions and smoothed. Only the shape matters.
 */
const NODES: readonly (readonly [minute: number, size: number])[] = [
  [0, 15],
  [1, 7.4],
  [3, 6],
  [10, 5],
  [20, 4.1],
  [45, 3.6],
  [75, 3.1],
  [100, 2.65],
  [150, 2.5],
  [205, 2.5],
  [225, 3],
  [285, 3.4],
  [330, 3.1],
  [355, 2.6],
  [374, 2.2],
];
const LAST = 374;

/** Trading activity relative to the day's mean by minutes after the open (front future, recorded 2025-12 and 2026-01). */
const ACTIVITY: readonly (readonly [minute: number, size: number])[] = [
  [0, 4],
  [5, 2.4],
  [15, 2],
  [25, 1.3],
  [60, 0.95],
  [120, 0.75],
  [180, 0.8],
  [240, 0.72],
  [330, 0.85],
  [350, 1.3],
  [368, 1.7],
  [374, 3],
];

function interpolate(nodes: readonly (readonly [number, number])[], at: number): number {
  for (let i = 1; i < nodes.length; i++) {
    const [x1, y1] = nodes[i] as readonly [number, number];
    if (at > x1) continue;
    const [x0, y0] = nodes[i - 1] as readonly [number, number];
    return y0 + ((y1 - y0) * (at - x0)) / (x1 - x0);
  }
  return nodes.at(-1)?.[1] ?? Number.NaN;
}

function shape(nodes: readonly (readonly [number, number])[], minutes: number): Float64Array {
  const out = new Float64Array(minutes);
  const stretch = minutes > 1 ? LAST / (minutes - 1) : 0;
  // The first minutes are what they are in a session of any length; the rest stretches.
  for (let i = 0; i < minutes; i++) out[i] = interpolate(nodes, i < 3 ? i : i * stretch);
  return out;
}

const VARIANCE = new Map<number, Float64Array>();
const TURNOVER = new Map<number, Float64Array>();

function remembered(
  made: Map<number, Float64Array>,
  minutes: number,
  make: (minutes: number) => Float64Array,
): Float64Array {
  let found = made.get(minutes);
  if (found === undefined) {
    found = make(minutes);
    made.set(minutes, found);
  }
  return found;
}

/** Share of the session's variance that falls into each minute (sums to 1). Shared: do not write to it. */
export function varianceShape(minutes: number): Float64Array {
  return remembered(VARIANCE, minutes, makeVarianceShape);
}

/** Share of the session's turnover that falls into each minute (sums to 1). Shared: do not write to it. */
export function activityShape(minutes: number): Float64Array {
  return remembered(TURNOVER, minutes, makeActivityShape);
}

function makeVarianceShape(minutes: number): Float64Array {
  const out = shape(NODES, minutes);
  let total = 0;
  for (let i = 0; i < minutes; i++) {
    const size = out[i] as number;
    out[i] = size * size;
    total += size * size;
  }
  for (let i = 0; i < minutes; i++) out[i] = (out[i] as number) / total;
  return out;
}

function makeActivityShape(minutes: number): Float64Array {
  const out = shape(ACTIVITY, minutes);
  const total = out.reduce((sum, x) => sum + x, 0);
  return out.map((x) => x / total);
}
