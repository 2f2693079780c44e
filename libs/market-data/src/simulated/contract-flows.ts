import type { Right } from '@sos/domain';
import { RATE_INTERVALS, type FlowClimate } from './flow-climate.js';
import { latticeBits, latticeTriangle } from './random-stream.js';

// Bound once: in a sandbox (Jest) each look-up of the global costs more than the function.
const { floor, round } = Math;

/** Moneyness widths below which a front expiry's open interest is not concentrated further. */
const MIN_OMEGA = 0.006;
/** Integrals over moneyness of the two kernels below: share of a side that one unit of moneyness holds at the money is 1 over it. */
const INTEREST_AREA = 2.47;
const VOLUME_AREA = 1.28;
/** Open interest moves by this share of the volume traded since the last publication (recorded 2025-08-29: 6 to 10 %). */
const OPENED_SHARE = 0.075;
const OPENED_NOISE = 1.7;
/** Holders do not leave all at once: largest fall between two publications. */
const MAX_CLOSED_SHARE = 0.035;
const STRIKE_SPREAD = 0.75;
/** Volume falls off in the money within this squared share of a standard deviation. */
const IN_THE_MONEY_DECAY = 1 / (0.22 * 0.22);

/** What sets one contract apart from the others of its expiry. */
export interface ContractTerms {
  /** Names the contract's own randomness within its expiry and session. */
  readonly key: number;
  /** 1 call, -1 put: turns a distance from the forward into one out of the money. */
  readonly side: 1 | -1;
  /** Units traded per unit of activity if it stood at the money with a share of one. */
  readonly turnover: number;
  /** Open interest before the session, units, whole lots. */
  readonly interestBefore: number;
}

/** Trading of one contract through a session, interval by interval between publications of open interest. */
export interface ContractFlows {
  /** Units traded before interval j began, and per unit of the market's activity in it. */
  readonly before: Float64Array;
  readonly rate: Float64Array;
  /** Open interest as published at the end of interval j, units, whole lots. */
  readonly openInterest: Float64Array;
}

/** Interest in a strike by moneyness m (> 0 out of the money): thin in the money, a long tail out of it. */
function interestKernel(m: number): number {
  if (m > 0) return 1 / (1 + (m / 1.4) * (m / 1.4));
  const k = 1 / (1 + (m / 0.35) * (m / 0.35));
  return k * k;
}

function roundnessOf({ roundness, state }: FlowClimate, strike: number): number {
  return roundness[round(strike / state.step) % roundness.length] as number;
}

function interestBefore(climate: FlowClimate, strike: number, isCall: boolean): number {
  const { state, favourKey } = climate;
  const forward = state.forward[0] as number;
  const perStrike = 1 / (forward * Math.max(MIN_OMEGA, state.omega[0] as number));
  const m = (strike - forward) * perStrike * (isCall ? 1 : -1);
  const side = isCall ? climate.callOpenInterest : climate.putOpenInterest;
  const favour = 1 + STRIKE_SPREAD * latticeTriangle(favourKey, strike * 2 + (isCall ? 1 : 0));
  const units =
    (side * state.step * perStrike * interestKernel(m) * roundnessOf(climate, strike) * favour) / INTEREST_AREA;
  return round(units / state.lot) * state.lot;
}

/** The terms of a contract for the session. */
export function contractTerms(climate: FlowClimate, strike: number, right: Right): ContractTerms {
  const isCall = right === 'CE';
  return {
    key: (climate.key ^ Math.imul(round(strike) * 2 + (isCall ? 1 : 0), 0x85ebca6b)) | 0,
    side: isCall ? 1 : -1,
    turnover: ((isCall ? climate.callTurnover : climate.putTurnover) * roundnessOf(climate, strike)) / VOLUME_AREA,
    interestBefore: interestBefore(climate, strike, isCall),
  };
}

/** Units traded per unit of activity. @param turnover of the contract if it stood at the money @param m moneyness, > 0 out of the money @param luck upper half of 32 random bits */
export function turnoverRate(turnover: number, m: number, luck: number): number {
  const kernel = m > 0 ? 1 / (1 + 0.5 * m * m) : 1 / (1 + IN_THE_MONEY_DECAY * m * m);
  return turnover * kernel * kernel * (0.5 + (luck >>> 16) / 65_536);
}

/** Change of open interest over an interval in which so many units were traded. @param lean of the side @param luck lower half of 32 random bits */
export function interestOpened(units: number, lean: number, luck: number): number {
  const side = (((luck >>> 8) & 255) - (luck & 255)) / 256;
  return OPENED_SHARE * units * (lean + OPENED_NOISE * side);
}

/** Open interest after a change: holders do not leave all at once. */
export function interestAfter(open: number, change: number): number {
  const closable = -MAX_CLOSED_SHARE * open;
  return open + (change > closable ? change : closable);
}

/** Units to the nearest whole number of lots. @param perLot 1 / lot */
export function wholeLots(units: number, perLot: number): number {
  return floor(units * perLot + 0.5);
}

/** Computes the trading of one contract; interval j uses what was known when it began, and its end's momentum for the open interest published then. */
export function buildContractFlows(climate: FlowClimate, terms: ContractTerms, strike: number): ContractFlows {
  const { state, forward, perStrike, share, activity } = climate;
  const { key, side, turnover } = terms;
  const lean = side > 0 ? climate.callLean : climate.putLean;
  const { lot, perLot } = state;
  const count = activity.length;
  const [before, rate, openInterest] = [new Float64Array(count), new Float64Array(count), new Float64Array(count)];
  let open = terms.interestBefore;
  let traded = 0;
  let r = 0;
  for (let j = 0; j < count; j++) {
    const bits = latticeBits(key, j);
    if (j % RATE_INTERVALS === 0) {
      const m = (strike - (forward[j] as number)) * (perStrike[j] as number) * side;
      r = turnoverRate(turnover * (share[j] as number), m, bits);
    }
    const units = r * (activity[j] as number);
    open = interestAfter(open, interestOpened(units, lean[j] as number, bits));
    before[j] = traded;
    traded += units;
    rate[j] = r;
    openInterest[j] = wholeLots(open, perLot) * lot;
  }
  return { before, rate, openInterest };
}
