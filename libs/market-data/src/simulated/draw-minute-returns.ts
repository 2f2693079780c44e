import type { IstDate, Underlying } from '@sos/domain';
import { RandomStream, randomKey } from './random-stream.js';
import { UNDERLYING_PROFILES } from './underlying-profile.js';

/** Volatility clusters: its logarithm returns to normal by this share a minute, and spreads by this much. */
const CLUSTER_KEPT = 0.945;
const CLUSTER_SPREAD = 0.29;
/** The tail of single minutes: their own standard deviation is lognormal with this spread. */
const MINUTE_TAIL = 0.18;
/** Sudden moves: chance per minute and size in standard deviations. */
const JUMP_CHANCE = 0.0009;
const JUMP_SIZE = 5.5;

/** Standardised minute returns (variance near 1) with clusters and jumps. */
function drawFactor(key: number, minutes: number): Float64Array {
  const stream = new RandomStream(key);
  const out = new Float64Array(minutes);
  const shock = CLUSTER_SPREAD * Math.sqrt(1 - CLUSTER_KEPT * CLUSTER_KEPT);
  // E[exp(2h)] = 1 when the mean of h is minus its variance.
  const mean = -(CLUSTER_SPREAD * CLUSTER_SPREAD) - MINUTE_TAIL * MINUTE_TAIL;
  let cluster = CLUSTER_SPREAD * stream.normal();
  for (let i = 0; i < minutes; i++) {
    cluster = CLUSTER_KEPT * cluster + shock * stream.normal();
    let z = stream.normal() * Math.exp(cluster + MINUTE_TAIL * stream.normal() + mean);
    if (stream.uniform() < JUMP_CHANCE) z += JUMP_SIZE * stream.normal();
    out[i] = z;
  }
  return out;
}

/**
 * Standardised minute returns of one underlying: a common market factor (the same for every underlying of that seed and day) and its own part.
 * @returns one value per minute, variance near 1
 */
export function drawMinuteReturns(
  seed: string,
  underlying: Underlying,
  { date, minutes }: { date: IstDate; minutes: number },
): Float64Array {
  const market = drawFactor(randomKey(seed, 'minutes', date), minutes);
  const own = drawFactor(randomKey(seed, 'minutes', date, underlying), minutes);
  const { loading } = UNDERLYING_PROFILES[underlying];
  const rest = Math.sqrt(1 - loading * loading);
  for (let i = 0; i < minutes; i++) own[i] = loading * (market[i] as number) + rest * (own[i] as number);
  return own;
}
