/** Volatility and delta of one expiry's out-of-the-money options: 25-delta points are interpolated linearly in delta. */
export interface SkewInput {
  /** Calls by ascending strike: deltas falling from 1 to 0. */
  readonly callDelta: ArrayLike<number>;
  readonly callIv: ArrayLike<number>;
  /** Puts by ascending strike: deltas falling from 0 to −1. */
  readonly putDelta: ArrayLike<number>;
  readonly putIv: ArrayLike<number>;
  /** Volatility at the money (forward). */
  readonly atmIv: number;
  /** Delta of the wings, default 0.25. */
  readonly wingDelta?: number;
}

/** Wing volatilities and what they say, in the unit of the input volatility; NaN where a wing is not bracketed by known quotes. */
export interface Skew {
  readonly callWingIv: number;
  readonly putWingIv: number;
  /** IV(call wing) − IV(put wing); negative when puts are dearer. */
  readonly riskReversal: number;
  /** ½ (IV(call wing) + IV(put wing)) − IV(at the money). */
  readonly butterfly: number;
}

function ivAtDelta(deltas: ArrayLike<number>, ivs: ArrayLike<number>, wanted: number): number {
  let before = -1;
  for (let i = 0; i < deltas.length; i++) {
    const delta = deltas[i] as number;
    if (Number.isNaN(delta + (ivs[i] as number))) continue;
    if (delta === wanted) return ivs[i] as number;
    if (delta < wanted) {
      if (before < 0) return Number.NaN;
      const high = deltas[before] as number;
      const share = (high - wanted) / (high - delta);
      return (ivs[before] as number) * (1 - share) + (ivs[i] as number) * share;
    }
    before = i;
  }
  return Number.NaN;
}

/** 25-delta risk reversal and butterfly of one expiry. */
export function skewOf(input: SkewInput): Skew {
  const wing = input.wingDelta ?? 0.25;
  const callWingIv = ivAtDelta(input.callDelta, input.callIv, wing);
  const putWingIv = ivAtDelta(input.putDelta, input.putIv, -wing);
  return {
    callWingIv,
    putWingIv,
    riskReversal: callWingIv - putWingIv,
    butterfly: (callWingIv + putWingIv) / 2 - input.atmIv,
  };
}
