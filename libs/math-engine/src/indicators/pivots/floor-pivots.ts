/** Floor-trader levels of a session, in rupees. */
export interface FloorPivots {
  readonly pivot: number;
  readonly r1: number;
  readonly r2: number;
  readonly r3: number;
  readonly s1: number;
  readonly s2: number;
  readonly s3: number;
}

/** Classic floor-trader pivots from the previous session's high, low and close (rupees); all NaN when one of them is unknown. */
export function floorPivots(high: number, low: number, close: number): FloorPivots {
  const pivot = (high + low + close) / 3;
  const range = high - low;
  return {
    pivot,
    r1: 2 * pivot - low,
    r2: pivot + range,
    r3: high + 2 * (pivot - low),
    s1: 2 * pivot - high,
    s2: pivot - range,
    s3: low - 2 * (high - pivot),
  };
}
