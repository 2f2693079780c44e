import { daysBetween, type IstDate } from '@sos/domain';
import { isMonthlyExpiry, lotSize, settlementInstant, strikeStep } from '@sos/rulebook';
import { impliedSessionVolatility, typicalSessionVolatility } from './market-climate.js';
import { auctionRows } from './closing-auction.js';
import type { MarketState } from './market-state.js';
import { PremiumCurve, smileAt } from './premium-curve.js';
import { latticeTriangle, randomKey } from './random-stream.js';
import { UNDERLYING_PROFILES } from './underlying-profile.js';
import { varianceClock } from './variance-clock.js';

/** Yearly carry of futures over the index (recorded 2025-08: 6.4 %). */
const CARRY = 0.065;
const YEAR_MS = 365 * 86_400_000;
/** Sessions over which implied variance returns to the year's typical level. */
const RETURN_SESSIONS = 25;
/** The forward wanders around its carry by this share of the level, in nodes of so many minutes. */
const BASIS_HEIGHT = 0.00008;
const BASIS_MINUTES = 10;
const BASIS_FULL_DAYS = 3;
/** The reference ω of the premium curve above the one at the open: keeps its convexity for the whole day. */
const HEADROOM = 1.35;

/** One expiry through a session: forward and at-the-money total volatility after each row (index i + 1; index 0 = at the open, before the first row). */
export interface ExpiryState {
  readonly market: MarketState;
  readonly expiry: IstDate;
  readonly isMonthly: boolean;
  /** Calendar days from the session to the expiry, ≥ 0. */
  readonly days: number;
  readonly lot: number;
  readonly step: number;
  readonly curve: PremiumCurve;
  /** Forward over spot. */
  readonly carry: Float64Array;
  readonly forward: Float64Array;
  readonly logForward: Float64Array;
  /** At-the-money total volatility to settlement; 0 once settled. */
  readonly omega: Float64Array;
  /** Last row whose own spot counts: an expiring contract keeps the auction's price after it. */
  readonly lastSpotRow: number;
}

function totalVariance(now: number, typical: number, sessions: number): number {
  // Instantaneous variance returns from `now` to `typical`; its integral rises with time, so no calendar spread is free.
  return typical * sessions + (now - typical) * RETURN_SESSIONS * (1 - Math.exp(-sessions / RETURN_SESSIONS));
}

/** Forwards of one expiry through a session; see `ExpiryState`. */
export interface CarryPath {
  readonly carry: Float64Array;
  readonly forward: Float64Array;
  readonly lastSpotRow: number;
}

/** Forwards of an expiry from the spot: carry to its settlement and a little life of its own. */
export function buildCarryPath(market: MarketState, expiry: IstDate): CarryPath {
  const { path, session, seed, underlying, date } = market;
  const n = path.length;
  const settles = settlementInstant(expiry);
  const days = daysBetween(date, expiry);
  // An expiring contract settles on the auction's price, whatever futures do after it.
  const lastSpotRow = days === 0 ? auctionRows(seed, session).indexRows - 1 : n - 1;
  const basis = BASIS_HEIGHT * Math.min(1, days / BASIS_FULL_DAYS);
  const key = randomKey(seed, 'basis', underlying, date);
  const carry = new Float64Array(n + 1);
  const forward = new Float64Array(n + 1);
  for (let m = 0; m <= n; m++) {
    const minute = m === 0 ? 0 : (path.minute[m - 1] as number) + 1;
    const time = m === 0 ? session.open : (path.time[m - 1] as number);
    const node = Math.floor(minute / BASIS_MINUTES);
    const part = minute / BASIS_MINUTES - node;
    const wander = latticeTriangle(key, node) * (1 - part) + latticeTriangle(key, node + 1) * part;
    const held = (CARRY * Math.max(0, settles - time)) / YEAR_MS;
    const spot = m === 0 ? (path.open[0] as number) : (path.close[Math.min(m - 1, lastSpotRow)] as number);
    carry[m] = 1 + held + 0.5 * held * held + basis * wander;
    forward[m] = spot * (carry[m] as number);
  }
  return { carry, forward, lastSpotRow };
}

/** Prepares one expiry for pricing. Row i uses rows ≤ i of the market state only. */
export function buildExpiryState(market: MarketState, expiry: IstDate): ExpiryState {
  const { path, session, underlying, date } = market;
  const { carry, forward, lastSpotRow } = buildCarryPath(market, expiry);
  const clock = varianceClock(session, expiry);
  const scale = UNDERLYING_PROFILES[underlying].volatility;
  const typical = impliedSessionVolatility(scale * typicalSessionVolatility(date)) ** 2;
  const omega = new Float64Array(forward.length);
  const logForward = new Float64Array(forward.length);
  for (let m = 0; m < omega.length; m++) {
    const minute = m === 0 ? 0 : (path.minute[m - 1] as number) + 1;
    const now = m === 0 ? market.impliedAtOpen : (market.impliedVariance[m - 1] as number);
    omega[m] = Math.sqrt(totalVariance(now, typical, clock[minute] as number));
    logForward[m] = Math.log(forward[m] as number);
  }
  return {
    market,
    expiry,
    isMonthly: isMonthlyExpiry(underlying, expiry),
    days: daysBetween(date, expiry),
    lot: lotSize(underlying, expiry, date),
    step: strikeStep(underlying, date),
    curve: new PremiumCurve(smileAt(clock[0] as number), Math.max(1e-4, HEADROOM * (omega[0] as number))),
    carry,
    forward,
    logForward,
    omega,
    lastSpotRow,
  };
}
