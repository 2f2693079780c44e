import type { IstDate, Underlying } from '@sos/domain';
import type { Session } from '@sos/rulebook';
import { auctionRows } from './closing-auction.js';
import { drawMinuteReturns } from './draw-minute-returns.js';
import { varianceShape } from './intraday-shape.js';
import { latticeNormal, latticeTriangle, latticeUniform, randomKey } from './random-stream.js';
import { barTimes } from './session-minutes.js';
import type { SpotPath } from './spot-path.js';
import { UNDERLYING_PROFILES } from './underlying-profile.js';
import type { DaySkeleton } from './year-skeleton.js';

/** Echo of a minute's return in the next one: an index of many shares follows itself a little (recorded 0.02 to 0.03). */
const ECHO = 0.03;
/** A day without direction pulls back to where it came from by this share a minute. */
const CHOP_PULL = 1 / 90;
/** Size of the auction's own surprise in standard deviations of a session, itself lognormal: mostly small, now and then 200 points (recorded 2026-08). */
const AUCTION_SURPRISE = 0.6;
const AUCTION_TAIL = 0.6;
/** Range inside a minute relative to a free random walk: an index averages its members (recorded range / |close - open| = 1.7 instead of 2). */
const RANGE_VARIANCE = 0.55;

export interface SpotPathInput {
  readonly seed: string;
  readonly underlying: Underlying;
  readonly session: Session;
  readonly skeleton: DaySkeleton;
}

/** Variance of each minute of the derivatives session. */
function minuteVariances({ seed, session, skeleton }: SpotPathInput): Float64Array {
  const { indexRows } = auctionRows(seed, session);
  const shape = varianceShape(indexRows);
  const out = new Float64Array(session.minutes);
  for (let i = 0; i < out.length; i++)
    out[i] = skeleton.intradayVariance * (shape[Math.min(i, indexRows - 1)] as number);
  return out;
}

/** Cumulative log returns at each minute's close before they are tied to the day's close. */
function freeWalk(input: SpotPathInput, variances: Float64Array): Float64Array {
  const { seed, underlying, session, skeleton } = input;
  const { date } = session;
  const walk = drawMinuteReturns(seed, underlying, { date, minutes: session.minutes });
  const { matchRow } = auctionRows(seed, session);
  const pull = skeleton.character === 'chop' ? CHOP_PULL : 0;
  let [x, before] = [0, 0];
  for (let i = 0; i < walk.length; i++) {
    const step = Math.sqrt(variances[i] as number) * (walk[i] as number);
    x += step + ECHO * before - pull * x;
    before = step;
    if (i === matchRow) x += skeleton.sessionVolatility * auctionSurprise(seed, date);
    walk[i] = x;
  }
  return walk;
}

function auctionSurprise(seed: string, date: IstDate): number {
  const key = randomKey(seed, 'auction', date);
  const tail = Math.exp(AUCTION_TAIL * latticeNormal(key, 2) - AUCTION_TAIL * AUCTION_TAIL);
  return AUCTION_SURPRISE * tail * latticeNormal(key, 1);
}

/** Adds the way out and back of a reversal day: a tent over the share of the day's variance that has passed. */
function excursion({ seed, session, skeleton }: SpotPathInput, passed: number): number {
  if (skeleton.character !== 'reversal') return 0;
  const key = randomKey(seed, 'excursion', session.date);
  const peak = 0.3 + 0.4 * latticeUniform(key, 0);
  const size = 0.7 + 0.5 * Math.abs(latticeNormal(key, 1));
  const side = latticeUniform(key, 2) < 0.5 ? -1 : 1;
  const tent = passed < peak ? passed / peak : (1 - passed) / (1 - peak);
  return side * size * Math.sqrt(skeleton.intradayVariance) * Math.max(0, tent);
}

/** Log level relative to the open at each minute's close; the last index minute ends on the skeleton's close. */
function tiedWalk(input: SpotPathInput, variances: Float64Array): Float64Array {
  const walk = freeWalk(input, variances);
  const { skeleton } = input;
  const { indexRows } = auctionRows(input.seed, input.session);
  const miss = Math.log(skeleton.close / skeleton.open) - (walk[indexRows - 1] as number);
  let passed = 0;
  for (let i = 0; i < walk.length; i++) {
    passed += (variances[i] as number) / skeleton.intradayVariance;
    const part = Math.min(1, passed);
    walk[i] = (walk[i] as number) + miss * part + excursion(input, part);
  }
  return walk;
}

/** Draws the minutes of one session. Prices on the index's grid; each bar opens within a breath of where the one before closed. */
export function drawSpotPath(input: SpotPathInput): SpotPath {
  const { seed, underlying, session, skeleton } = input;
  const variances = minuteVariances(input);
  const walk = tiedWalk(input, variances);
  const n = session.minutes;
  const key = randomKey(seed, 'range', session.date, underlying);
  const tick = UNDERLYING_PROFILES[underlying].indexTick;
  const perRupee = Math.round(1 / tick);
  const grid = (price: number): number => Math.round(price * perRupee) / perRupee;
  const [open, high, low, close] = [new Float64Array(n), new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  let last = skeleton.open;
  for (let i = 0; i < n; i++) {
    const variance = variances[i] as number;
    const c = grid(skeleton.open * Math.exp(walk[i] as number));
    const o = i === 0 ? last : grid(last * (1 + 0.12 * Math.sqrt(variance) * latticeTriangle(key, 4 * i)));
    const d = Math.log(c / o);
    const spread = -2 * RANGE_VARIANCE * variance;
    const up = (d + Math.sqrt(d * d + spread * Math.log(latticeUniform(key, 4 * i + 1)))) / 2;
    const down = (d - Math.sqrt(d * d + spread * Math.log(latticeUniform(key, 4 * i + 2)))) / 2;
    open[i] = o;
    close[i] = c;
    high[i] = Math.max(o, c, grid(o * (1 + up)));
    low[i] = Math.min(o, c, grid(o * (1 + down)));
    last = c;
  }
  const minute = Int32Array.from({ length: n }, (_, i) => i);
  return { length: n, time: barTimes(session), minute, open, high, low, close };
}
