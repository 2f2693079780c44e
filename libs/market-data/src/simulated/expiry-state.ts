import { daysBetween, type IstDate } from '@sos/domain';
import { impliedSessionVolatility, typicalSessionVolatility } from './market-climate.js';
import { auctionRows } from './closing-auction.js';
import type { MarketState } from './market-state.js';
import { PremiumCurve, smileAt } from './premium-curve.js';
import { openingWidth } from './quote-model.js';
import { LatticeWave } from './lattice-wave.js';
import { randomKey } from './random-stream.js';
import { UNDERLYING_PROFILES, relativeVolatility } from './underlying-profile.js';
import { varianceClock } from './variance-clock.js';

/** Yearly carry of futures over the index (recorded 2025-08: 6.4 %). */
const CARRY = 0.065;
const CARRY_PER_MS = CARRY / (365 * 86_400_000);
/** Sessions over which implied variance returns to the year's typical level. */
const RETURN_SESSIONS = 25;
/** The forward wanders around its carry by this share of the level, in nodes of so many minutes. */
const BASIS_HEIGHT = 0.00008;
const BASIS_MINUTES = 10;
const BASIS_FULL_DAYS = 3;
/** The reference ω of the premium curve above the one at the open: keeps its convexity for the whole day. */
const HEADROOM = 1.35;
/** Total volatility below which an option is worth its intrinsic value. */
const MIN_OMEGA = 1e-7;
/** Expiries further ahead than this many days are quoted in smaller sizes. */
const FRONT_DAYS = 7;
const FAR_QUOTES = 0.5;

/** One expiry through a session: forward and at-the-money total volatility after each row (index i + 1; index 0 = at the open, before the first row). */
export interface ExpiryState {
  readonly market: MarketState;
  readonly expiry: IstDate;
  readonly isMonthly: boolean;
  /** Calendar days from the session to the expiry, ≥ 0. */
  readonly days: number;
  readonly lot: number;
  readonly perLot: number;
  /** Rupees that stand at an at-the-money quote over the lot: less where fewer trade. */
  readonly quoteLots: number;
  readonly step: number;
  readonly curve: PremiumCurve;
  /** Forward over spot. */
  readonly carry: Float64Array;
  readonly forward: Float64Array;
  readonly logForward: Float64Array;
  /** Forward × ω, rupees, and 1 / ω; both 0 once settled. */
  readonly scale: Float64Array;
  readonly inverseOmega: Float64Array;
  /** Width of the quotes relative to NIFTY's in the middle of the day. */
  readonly width: Float64Array;
  /** At-the-money total volatility to settlement; 0 once settled. */
  readonly omega: Float64Array;
  /** Last row whose own spot counts: an expiring contract keeps the auction's price after it. */
  readonly lastSpotRow: number;
}

/** Total variance to settlement through a session at whose end `least` normal sessions are still ahead. */
class TermStructure {
  private readonly typical: number;
  private readonly least: number;
  private readonly settled: number;
  private readonly decay: number;

  constructor(typical: number, least: number) {
    this.typical = typical;
    this.least = least;
    this.decay = Math.exp(-least / RETURN_SESSIONS);
    this.settled = RETURN_SESSIONS * (1 - this.decay);
  }

  /** Instantaneous variance returns from `now` to the typical one; its integral rises with time, so no calendar spread is free. */
  totalVariance(now: number, sessions: number): number {
    const x = (sessions - this.least) / RETURN_SESSIONS;
    // 1 - exp(-x) for the x ≤ 0.1 of one session, without the exponential.
    const returned = this.settled + this.decay * RETURN_SESSIONS * x * (1 - x * (0.5 - x * (1 / 6 - x / 24)));
    return this.typical * sessions + (now - this.typical) * returned;
  }
}

/** Forwards of one expiry through a session; see `ExpiryState`. */
export interface CarryPath {
  readonly carry: Float64Array;
  readonly forward: Float64Array;
  readonly lastSpotRow: number;
}

/** Forwards of an expiry from the spot: carry to its settlement and a little life of its own. */
export function buildCarryPath(market: MarketState, expiry: IstDate): CarryPath {
  const { path, session, seed, underlying, date, rulebook } = market;
  const n = path.length;
  const settles = rulebook.settlementInstant(expiry);
  const days = daysBetween(date, expiry);
  // An expiring contract settles on the auction's price, whatever futures do after it.
  const lastSpotRow = days === 0 ? auctionRows(seed, session).indexRows - 1 : n - 1;
  const key = randomKey(seed, 'basis', underlying, date);
  const basis = new LatticeWave(key, BASIS_MINUTES, BASIS_HEIGHT * Math.min(1, days / BASIS_FULL_DAYS));
  const carry = new Float64Array(n + 1);
  const forward = new Float64Array(n + 1);
  for (let m = 0; m <= n; m++) {
    const minute = m === 0 ? 0 : (path.minute[m - 1] as number) + 1;
    const time = m === 0 ? session.open : (path.time[m - 1] as number);
    const held = time < settles ? (settles - time) * CARRY_PER_MS : 0;
    const at = m - 1 < lastSpotRow ? m - 1 : lastSpotRow;
    const spot = at < 0 ? (path.open[0] as number) : (path.close[at] as number);
    const over = 1 + held + 0.5 * held * held + basis.at(minute);
    carry[m] = over;
    forward[m] = spot * over;
  }
  return { carry, forward, lastSpotRow };
}

/** Prepares one expiry for pricing. Row i uses rows ≤ i of the market state only. */
export function buildExpiryState(market: MarketState, expiry: IstDate): ExpiryState {
  const { path, session, underlying, date, rulebook } = market;
  const { carry, forward, lastSpotRow } = buildCarryPath(market, expiry);
  const clock = varianceClock(session, expiry, rulebook);
  const omega = new Float64Array(forward.length);
  const logForward = new Float64Array(forward.length);
  const scale = new Float64Array(forward.length);
  const inverseOmega = new Float64Array(forward.length);
  const width = new Float64Array(forward.length);
  const { spread, quoteValue } = UNDERLYING_PROFILES[underlying];
  const typical = impliedSessionVolatility(relativeVolatility(underlying, date) * typicalSessionVolatility(date)) ** 2;
  const term = new TermStructure(typical, clock[clock.length - 1] as number);
  for (let m = 0; m < omega.length; m++) {
    const minute = m === 0 ? 0 : (path.minute[m - 1] as number) + 1;
    const now = m === 0 ? market.impliedAtOpen : (market.impliedVariance[m - 1] as number);
    const w = Math.sqrt(term.totalVariance(now, clock[minute] as number));
    omega[m] = w;
    logForward[m] = Math.log(forward[m] as number);
    scale[m] = w < MIN_OMEGA ? 0 : (forward[m] as number) * w;
    inverseOmega[m] = w < MIN_OMEGA ? 0 : 1 / w;
    width[m] = spread * openingWidth(minute);
  }
  const lot = rulebook.lotSize(underlying, expiry, date);
  const days = daysBetween(date, expiry);
  return {
    market,
    expiry,
    isMonthly: rulebook.isMonthlyExpiry(underlying, expiry),
    days,
    lot,
    perLot: 1 / lot,
    quoteLots: (quoteValue * (days > FRONT_DAYS ? FAR_QUOTES : 1)) / lot,
    step: rulebook.strikeStep(underlying, date),
    curve: new PremiumCurve(smileAt(clock[0] as number), Math.max(1e-4, HEADROOM * (omega[0] as number))),
    carry,
    forward,
    logForward,
    scale,
    inverseOmega,
    width,
    omega,
    lastSpotRow,
  };
}
