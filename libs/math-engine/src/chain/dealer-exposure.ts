/** One side's contracts as columns; cells `from` (inclusive) to `to` (exclusive). Open interest in units. */
export interface ExposureInput {
  /** Gamma per rupee of each call and put, as Black-76 gives it (equal for both rights of a strike, but the IVs may differ). */
  readonly callGreek: ArrayLike<number>;
  readonly putGreek: ArrayLike<number>;
  readonly callOi: ArrayLike<number>;
  readonly putOi: ArrayLike<number>;
  readonly from: number;
  readonly to: number;
  /** Sign with which puts count: −1 (default) assumes dealers long calls and short puts, which is an assumption, not a fact. */
  readonly putSign?: 1 | -1;
}

function netOf(input: ExposureInput): number {
  const putSign = input.putSign ?? -1;
  let net = input.to > input.from ? 0 : Number.NaN;
  for (let i = input.from; i < input.to; i++) {
    const call = (input.callGreek[i] as number) * (input.callOi[i] as number);
    const put = (input.putGreek[i] as number) * (input.putOi[i] as number);
    net += call + putSign * put;
  }
  return net;
}

/**
 * Gamma exposure in rupees of delta per 1 % move of the index: Σ Γ · OI · F² · 0.01, calls minus puts. NaN when anything in the band is unknown.
 * @param input Greeks = gamma per rupee
 * @param forward rupees
 */
export function gammaExposure(input: ExposureInput, forward: number): number {
  return netOf(input) * forward * forward * 0.01;
}

/**
 * Delta exposure in rupees of premium per 1 % move of the index: Σ Δ · OI · F · 0.01. Puts carry their own negative delta, so they are added unless `putSign` says otherwise.
 * @param input Greeks = delta per rupee
 * @param forward rupees
 */
export function deltaExposure(input: ExposureInput, forward: number): number {
  return netOf(input.putSign === undefined ? { ...input, putSign: 1 } : input) * forward * 0.01;
}
