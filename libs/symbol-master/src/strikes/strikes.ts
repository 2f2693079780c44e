import { AppError, type Right } from '@sos/domain';

function checkGrid(spot: number, step: number): void {
  if (!(spot > 0 && Number.isFinite(spot) && step > 0 && Number.isFinite(step)))
    throw new AppError('SOS_INPUT', `expected a spot and a strike step above 0, found ${spot} and ${step}`);
}

/**
 * The strike of the grid nearest to a price; exactly half way it is the lower one.
 * @param spot index or forward, > 0
 * @param step distance of neighbouring strikes, > 0
 * @throws SOS_INPUT for a price or step that is not above 0
 */
export function atmStrike(spot: number, step: number): number {
  checkGrid(spot, step);
  const below = Math.floor(spot / step);
  return (spot - below * step > step / 2 ? below + 1 : below) * step;
}

/**
 * The at-the-money strike and `count` strikes on each side, ascending (2 x count + 1 of them; fewer where they would fall to 0).
 * @throws SOS_INPUT for a price, step or count out of range
 */
export function strikeLadder(spot: number, step: number, count: number): number[] {
  if (!Number.isSafeInteger(count) || count < 0)
    throw new AppError('SOS_INPUT', `expected a whole number of strikes per side, found ${count}`);
  const middle = atmStrike(spot, step);
  const ladder: number[] = [];
  for (let i = -count; i <= count; i++) {
    const strike = middle + i * step;
    if (strike > 0) ladder.push(strike);
  }
  return ladder;
}

/** Index of the listed strike nearest to a price; exactly half way it is the lower one. −1 for an empty list. @param strikes ascending */
export function nearestStrikeIndex(strikes: Float64Array, spot: number): number {
  let [low, high] = [0, strikes.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((strikes[middle] as number) < spot) low = middle + 1;
    else high = middle;
  }
  if (low === 0) return strikes.length === 0 ? -1 : 0;
  const [below, above] = [strikes[low - 1] as number, strikes[low] as number];
  return Math.abs(above - spot) < Math.abs(spot - below) ? low : low - 1;
}

/** Which strike is wanted: counted in strikes from the money, seen from a price. */
export interface StrikeRequest {
  /** Index or forward. */
  readonly spot: number;
  /** Listed strikes, ascending, or the step of a regular grid when nothing is listed. */
  readonly strikes: Float64Array | number;
  readonly right: Right;
  /** 0 = at the money, 1 = one strike out of the money, −1 = one in the money. */
  readonly steps: number;
}

/**
 * The strike so many steps out of (+) or in (−) the money: up for a call, down for a put. With listed strikes a step is the next listed one,
 * however wide the gap.
 * @returns NaN when the ladder ends before
 * @throws SOS_INPUT for a spot or step that is not above 0
 */
export function strikeAt({ spot, strikes, right, steps }: StrikeRequest): number {
  const up = right === 'CE' ? steps : -steps;
  if (typeof strikes === 'number') {
    const strike = atmStrike(spot, strikes) + up * strikes;
    return strike > 0 ? strike : Number.NaN;
  }
  const at = nearestStrikeIndex(strikes, spot);
  return at < 0 ? Number.NaN : (strikes[at + up] ?? Number.NaN);
}
