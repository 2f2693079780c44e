import type { Right } from '@sos/domain';
import type { ExpiryState } from './expiry-state.js';
import { latticeNormal, latticeTriangle, latticeUniform, randomKey } from './random-stream.js';
import { UNDERLYING_PROFILES } from './underlying-profile.js';

/** Trading of one contract through a session, interval by interval between publications of open interest. */
export interface ContractFlows {
  /** Units traded before interval j began. */
  readonly before: Float64Array;
  /** Units traded in interval j per unit of the market's activity. */
  readonly rate: Float64Array;
  /** Open interest as published at the end of interval j, units, whole lots. */
  readonly openInterest: Float64Array;
  /** Open interest before the session, units, whole lots. */
  readonly openInterestBefore: number;
}

/** What the flows of all contracts of one expiry have in common. */
export interface FlowClimate {
  readonly state: ExpiryState;
  /** Forward and 1 / (forward × ω) when each interval began. */
  readonly forward: Float64Array;
  readonly perStrike: Float64Array;
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
  /** Mean of `roundness` over strikes. */
  readonly meanRoundness: number;
  readonly key: number;
}

/** Moneyness widths below which a front expiry's open interest is not concentrated further. */
const MIN_OMEGA = 0.006;
/** Integrals over moneyness of the two kernels below: share of a side that one unit of moneyness holds at the money is 1 over it. */
const INTEREST_AREA = 2.47;
const VOLUME_AREA = 1.28;
/** Largest share of a side's turnover in one strike. */
const MAX_STRIKE_SHARE = 0.45;
/** Open interest moves by this share of the volume traded since the last publication (recorded 2025-08-29: 6 to 10 %). */
const OPENED_SHARE = 0.075;
const OPENED_NOISE = 1.7;
const LEAN_HEIGHT = 0.55;
const LEAN_INTERVALS = 9;
/** Writers follow the index: puts are written into a rise, calls into a fall; late on expiry day positions are closed. */
const PUT_FOLLOWS = 0.22;
const CALL_FOLLOWS = -0.08;
const NET_OPENING = 0.13;
/** Holders do not leave all at once: largest fall between two publications. */
const MAX_CLOSED_SHARE = 0.035;
const EXPIRY_CLOSING = 0.5;
const STRIKE_SPREAD = 0.3;
const NO_EXPIRY_EFFECT_DAYS = 1;

/** Interest in a strike by moneyness m (> 0 out of the money): thin in the money, a long tail out of it. */
function interestKernel(m: number): number {
  if (m > 0) return 1 / (1 + (m / 1.4) * (m / 1.4));
  const k = 1 / (1 + (m / 0.35) * (m / 0.35));
  return k * k;
}

function volumeKernel(m: number): number {
  const k = m > 0 ? 1 / (1 + 0.5 * m * m) : 1 / (1 + (m / 0.22) * (m / 0.22));
  return k * k;
}

function roundnessOf(strike: number, rules: readonly (readonly [number, number])[]): number {
  let times = 1;
  for (const [every, by] of rules) if (strike % every === 0) times *= by;
  return times;
}

function meanRoundness(step: number, rules: readonly (readonly [number, number])[]): number {
  let [sum, count] = [0, 0];
  for (let strike = step; strike <= 2000; strike += step, count++) sum += roundnessOf(strike, rules);
  return sum / count;
}

function leanOf(key: number, interval: number): number {
  const node = Math.floor(interval / LEAN_INTERVALS);
  const part = interval / LEAN_INTERVALS - node;
  return LEAN_HEIGHT * (latticeTriangle(key, node) * (1 - part) + latticeTriangle(key, node + 1) * part);
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
  const turnover = (2.5 + 38 * Math.exp(-days / 5)) * Math.exp(0.2 * latticeNormal(key, 2));
  const tilt =
    -0.06 + 0.15 * latticeNormal(randomKey(seed, 'pcr', underlying, expiry), 0) + 0.07 * latticeNormal(key, 3);
  const count = publicationRows.length;
  const forward = new Float64Array(count);
  const perStrike = new Float64Array(count);
  const callLean = new Float64Array(count);
  const putLean = new Float64Array(count);
  const [callKey, putKey] = [randomKey(key, 'CE'), randomKey(key, 'PE')];
  const minutes = market.session.minutes;
  for (let j = 0; j < count; j++) {
    const m = j === 0 ? 0 : (publicationRows[j - 1] as number) + 1;
    const f = state.forward[m] as number;
    forward[j] = f;
    perStrike[j] = 1 / (f * Math.max(2e-4, state.omega[m] as number));
    const late = m / minutes;
    const net = days >= NO_EXPIRY_EFFECT_DAYS ? NET_OPENING : NET_OPENING - EXPIRY_CLOSING * late;
    const push = momentum[j] as number;
    callLean[j] = net + leanOf(callKey, j) + CALL_FOLLOWS * push;
    putLean[j] = net + leanOf(putKey, j) + PUT_FOLLOWS * push;
  }
  return {
    state,
    forward,
    perStrike,
    ...intervalsOf(state),
    callLean,
    putLean,
    callOpenInterest: size * Math.exp(-tilt),
    putOpenInterest: size * Math.exp(tilt),
    callTurnover: size * turnover * Math.exp(-tilt / 2),
    putTurnover: size * turnover * Math.exp(tilt / 2),
    meanRoundness: meanRoundness(step, profile.roundStrikes),
    key,
  };
}

/** Columns for the flows of one contract. */
export type FlowColumns = Pick<ContractFlows, 'before' | 'rate' | 'openInterest'>;

/** Room for the flows of one contract of the climate; may be filled again and again. */
export function makeFlowColumns(climate: FlowClimate): FlowColumns {
  const count = climate.activity.length;
  return { before: new Float64Array(count), rate: new Float64Array(count), openInterest: new Float64Array(count) };
}

/** The number that names a contract's own randomness within its expiry and session. */
export function contractKey(climate: FlowClimate, strike: number, isCall: boolean): number {
  return (climate.key ^ Math.imul(Math.round(strike) * 2 + (isCall ? 1 : 0), 0x85ebca6b)) | 0;
}

/** Computes the trading of one contract; interval j uses what was known when it began, and its end's momentum for the open interest published then. */
export function fillContractFlows(
  climate: FlowClimate,
  { strike, right }: { strike: number; right: Right },
  into: FlowColumns,
): ContractFlows {
  const { state, forward, perStrike, activity } = climate;
  const isCall = right === 'CE';
  const key = contractKey(climate, strike, isCall);
  const round = roundnessOf(strike, UNDERLYING_PROFILES[state.market.underlying].roundStrikes) / climate.meanRoundness;
  const lean = isCall ? climate.callLean : climate.putLean;
  const turnover = ((isCall ? climate.callTurnover : climate.putTurnover) * round) / VOLUME_AREA;
  const side = isCall ? 1 : -1;
  const interestBefore = openInterestBefore(climate, { strike, isCall, round });
  const { lot, step } = state;
  const { rate, openInterest } = into;
  let open = interestBefore;
  let traded = 0;
  for (let j = 0; j < rate.length; j++) {
    const inv = perStrike[j] as number;
    const m = (strike - (forward[j] as number)) * inv * side;
    const share = Math.min(MAX_STRIKE_SHARE, step * inv) * volumeKernel(m);
    const r = turnover * share * (0.5 + latticeUniform(key, 2 * j));
    const opened = OPENED_SHARE * r * (activity[j] as number);
    const change = opened * ((lean[j] as number) + OPENED_NOISE * latticeTriangle(key, 2 * j + 1));
    open += Math.max(change, -MAX_CLOSED_SHARE * open);
    into.before[j] = traded;
    rate[j] = r;
    traded += r * (activity[j] as number);
    openInterest[j] = Math.round(open / lot) * lot;
  }
  return { before: into.before, rate, openInterest, openInterestBefore: interestBefore };
}

function openInterestBefore(
  climate: FlowClimate,
  { strike, isCall, round }: { strike: number; isCall: boolean; round: number },
): number {
  const { state } = climate;
  const forward = state.forward[0] as number;
  const perStrike = 1 / (forward * Math.max(MIN_OMEGA, state.omega[0] as number));
  const m = (strike - forward) * perStrike * (isCall ? 1 : -1);
  const side = isCall ? climate.callOpenInterest : climate.putOpenInterest;
  // The same strike stays popular, or not, through the life of its expiry.
  const { underlying, seed } = state.market;
  const favour = latticeNormal(randomKey(seed, 'strike', underlying, state.expiry), strike * 2 + (isCall ? 1 : 0));
  const units =
    (side * state.step * perStrike * interestKernel(m) * round * Math.exp(STRIKE_SPREAD * favour)) / INTEREST_AREA;
  return Math.round(units / state.lot) * state.lot;
}
