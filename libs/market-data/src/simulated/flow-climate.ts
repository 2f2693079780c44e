import type { Underlying } from '@sos/domain';
import type { ExpiryState } from './expiry-state.js';
import { LatticeWave } from './lattice-wave.js';
import { latticeNormal, randomKey } from './random-stream.js';
import { UNDERLYING_PROFILES } from './underlying-profile.js';

/** Intervals between publications through which the pace of a contract's trading relative to the market's stays the same. */
export const RATE_INTERVALS = 4;

/** What the flows of all contracts of one expiry have in common. */
export interface FlowClimate {
  readonly state: ExpiryState;
  /** Forward and 1 / (forward × ω) when the pace of each interval was set. */
  readonly forward: Float64Array;
  readonly perStrike: Float64Array;
  /** Share of a side's turnover in an at-the-money strike of usual roundness. */
  readonly share: Float64Array;
  /** Interval of each row, and the activity from its interval's start up to and including it. */
  readonly intervalOfRow: Int32Array;
  readonly running: Float64Array;
  /** Activity that fell into each interval so far. */
  readonly activity: Float64Array;
  /** Lean of each side's open interest in each interval: > 0 positions are being opened. */
  readonly callLean: Float64Array;
  readonly putLean: Float64Array;
  /** Open interest per side before the session and turnover per side and unit of activity, units. */
  readonly callOpenInterest: number;
  readonly putOpenInterest: number;
  readonly callTurnover: number;
  readonly putTurnover: number;
  /** How much interest a strike draws relative to the mean, by its number of steps modulo the length. */
  readonly roundness: Float64Array;
  readonly key: number;
  /** Names which strikes of the expiry are popular, through all its life. */
  readonly favourKey: number;
}

/** Largest share of a side's turnover in one strike. */
const MAX_STRIKE_SHARE = 0.45;
const LEAN_HEIGHT = 0.55;
const LEAN_INTERVALS = 9;
/** Writers follow the index: puts are written into a rise, calls into a fall; late on expiry day positions are closed. */
const PUT_FOLLOWS = 0.22;
const CALL_FOLLOWS = -0.08;
const NET_OPENING = 0.09;
const EXPIRY_CLOSING = 0.5;
const NO_EXPIRY_EFFECT_DAYS = 1;

/** How many times as much interest a strike draws as one that ends in nothing round. */
function roundnessOf(strike: number, rules: readonly (readonly [number, number])[]): number {
  return rules.reduce((times, [every, by]) => (strike % every === 0 ? times * by : times), 1);
}

const PATTERNS = new Map<string, Float64Array>();
const PATTERN_POINTS = 2_000;

/** Roundness of strikes relative to their mean, by strike modulo 2,000 points, in steps. */
function roundnessPattern(underlying: Underlying, step: number): Float64Array {
  const key = `${underlying}${step}`;
  let found = PATTERNS.get(key);
  if (found === undefined) {
    const { roundStrikes } = UNDERLYING_PROFILES[underlying];
    const raw = Float64Array.from({ length: PATTERN_POINTS / step }, (_, i) => roundnessOf(i * step, roundStrikes));
    const mean = raw.reduce((sum, x) => sum + x, 0) / raw.length;
    found = raw.map((x) => x / mean);
    PATTERNS.set(key, found);
  }
  return found;
}

interface Intervals {
  readonly intervalOfRow: Int32Array;
  readonly running: Float64Array;
  readonly activity: Float64Array;
}

function intervalsOf(state: ExpiryState): Intervals {
  const { publicationRows, activity } = state.market;
  const intervalOfRow = new Int32Array(activity.length);
  const running = new Float64Array(activity.length);
  const total = new Float64Array(publicationRows.length);
  let [j, sum] = [0, 0];
  for (let row = 0; row < activity.length; row++) {
    sum += activity[row] as number;
    intervalOfRow[row] = j;
    running[row] = sum;
    total[j] = sum;
    if (row < (publicationRows[j] as number)) continue;
    j++;
    sum = 0;
  }
  return { intervalOfRow, running, activity: total };
}

/** Prepares the flows of one expiry: how large each side is today and which way it leans when. */
export function buildFlowClimate(state: ExpiryState): FlowClimate {
  const { market, days, expiry, step } = state;
  const { seed, underlying, date, publicationRows, momentum } = market;
  const profile = UNDERLYING_PROFILES[underlying];
  const key = randomKey(seed, 'flows', underlying, expiry, date);
  const spread = state.isMonthly ? Math.max(profile.openInterestDays, 12) : profile.openInterestDays;
  const size =
    profile.openInterest * Math.min(1.5, Math.exp((4 - days) / spread)) * Math.exp(0.2 * latticeNormal(key, 1));
  const turnover = (2.8 + 48 * Math.exp(-days / 5)) * Math.exp(0.2 * latticeNormal(key, 2));
  const tilt =
    -0.06 + 0.15 * latticeNormal(randomKey(seed, 'pcr', underlying, expiry), 0) + 0.07 * latticeNormal(key, 3);
  const count = publicationRows.length;
  const forward = new Float64Array(count);
  const perStrike = new Float64Array(count);
  const share = new Float64Array(count);
  const callLean = new Float64Array(count);
  const putLean = new Float64Array(count);
  const callWave = new LatticeWave(randomKey(key, 'CE'), LEAN_INTERVALS, LEAN_HEIGHT);
  const putWave = new LatticeWave(randomKey(key, 'PE'), LEAN_INTERVALS, LEAN_HEIGHT);
  const minutes = market.session.minutes;
  for (let j = 0; j < count; j++) {
    const first = j - (j % RATE_INTERVALS);
    const m = first === 0 ? 0 : (publicationRows[first - 1] as number) + 1;
    const f = state.forward[m] as number;
    forward[j] = f;
    perStrike[j] = 1 / (f * Math.max(2e-4, state.omega[m] as number));
    share[j] = Math.min(MAX_STRIKE_SHARE, step * (perStrike[j] as number));
    const late = m / minutes;
    const net = days >= NO_EXPIRY_EFFECT_DAYS ? NET_OPENING : NET_OPENING - EXPIRY_CLOSING * late;
    const push = momentum[j] as number;
    callLean[j] = net + callWave.at(j) + CALL_FOLLOWS * push;
    putLean[j] = net + putWave.at(j) + PUT_FOLLOWS * push;
  }
  return {
    state,
    forward,
    perStrike,
    share,
    ...intervalsOf(state),
    callLean,
    putLean,
    callOpenInterest: size * Math.exp(-tilt),
    putOpenInterest: size * Math.exp(tilt),
    callTurnover: size * turnover * Math.exp(-tilt / 2),
    putTurnover: size * turnover * Math.exp(tilt / 2),
    roundness: roundnessPattern(underlying, step),
    key,
    favourKey: randomKey(seed, 'strike', underlying, expiry),
  };
}
