import type { IstDate, Underlying } from '@sos/domain';
import type { Rulebook, Session } from '@sos/rulebook';
import { activityShape, varianceShape } from './intraday-shape.js';
import { OVERNIGHT_SHARE, impliedSessionVolatility } from './market-climate.js';
import { LatticeWave } from './lattice-wave.js';
import { randomKey } from './random-stream.js';
import type { SpotPath } from './spot-path.js';

/** Minutes between two publications of open interest by the exchange (recorded: 0.39 of one-minute differences are not zero). */
export const PUBLICATION_MINUTES = 3;

/** What the premium model needs to know of a session. Nothing in row i depends on rows after i. */
export interface MarketState {
  readonly seed: string;
  readonly underlying: Underlying;
  readonly date: IstDate;
  readonly session: Session;
  /** Whose contracts are listed. */
  readonly rulebook: Rulebook;
  readonly path: SpotPath;
  /** Expected volatility per normal session, log return. */
  readonly sessionVolatility: number;
  /** Variance per normal session that options price in, after each row; `impliedAtOpen` before the first. */
  readonly impliedVariance: Float64Array;
  readonly impliedAtOpen: number;
  /** Share of the day's turnover in each row, more in restless minutes. */
  readonly activity: Float64Array;
  /** Publications of open interest: row after which each was made, ascending; the last may lie beyond the path. */
  readonly publicationRows: Int32Array;
  /** Recent direction of the index at each publication, in standard deviations, cut to ±2. */
  readonly momentum: Float64Array;
}

export interface MarketStateInput {
  readonly seed: string;
  readonly underlying: Underlying;
  readonly session: Session;
  readonly rulebook: Rulebook;
  readonly path: SpotPath;
  /** Close of the session before, rupees; NaN when unknown. */
  readonly previousClose: number;
  readonly sessionVolatility: number;
}

/** Weight of what was expected against what has happened today, in sessions. */
const PRIOR = 0.5;
/** How strongly implied variance rises when the index falls by a session's deviation, and how many of them count. Today's realised over expected variance counts with its fourth root. */
const FOLLOWS_FALL = 0.11;
const MOST_MOVED = 3;
/** Own life of implied variance: nodes every so many minutes, height of its logarithm. */
const LIFE_MINUTES = 15;
const LIFE_HEIGHT = 0.05;
const MOMENTUM_KEPT = 0.75;

/** Rows after which open interest is published: the first bar at or past each third minute, and the session's last. */
function publications(path: SpotPath, minutes: number): Int32Array {
  const rows: number[] = [];
  let slot = 0;
  for (let i = 0; i < path.length; i++) {
    const done = (path.minute[i] as number) + 1;
    const now = Math.floor(done / PUBLICATION_MINUTES);
    if (now > slot || done === minutes) rows.push(i);
    slot = now;
  }
  // The publication that the path has not reached yet: its volume is already being traded.
  if ((rows.at(-1) ?? -1) !== path.length - 1) rows.push(path.length);
  return Int32Array.from(rows);
}

/** Builds the state of a session from its path: implied variance, activity and momentum, each from what has happened so far. */
export function buildMarketState(input: MarketStateInput): MarketState {
  const { seed, underlying, session, path, previousClose, sessionVolatility } = input;
  const n = path.length;
  const expected = sessionVolatility * sessionVolatility;
  const start = impliedSessionVolatility(sessionVolatility) ** 2;
  const shapes = { variance: varianceShape(session.minutes), activity: activityShape(session.minutes) };
  const life = new LatticeWave(randomKey(seed, 'implied', underlying, session.date), LIFE_MINUTES, LIFE_HEIGHT);
  const firstOpen = path.open[0] as number;
  const gap = Number.isNaN(previousClose) ? 0 : Math.log(firstOpen / previousClose);
  let realised = PRIOR + Math.min(3, (gap * gap) / expected);
  let due = PRIOR + OVERNIGHT_SHARE;
  // Told the ratio instead of seeing the two sums: variables that a closure shares are boxed at every change.
  const level = (realisedOverDue: number, logReturn: number, minute: number): number => {
    const moved = logReturn / sessionVolatility;
    const fall = FOLLOWS_FALL * (moved > MOST_MOVED ? MOST_MOVED : moved < -MOST_MOVED ? -MOST_MOVED : moved);
    return start * Math.sqrt(Math.sqrt(realisedOverDue)) * Math.exp(life.at(minute) - fall);
  };
  const impliedAtOpen = level(realised / due, gap, 0);
  const impliedVariance = new Float64Array(n);
  const activity = new Float64Array(n);
  const publicationRows = publications(path, session.minutes);
  const momentum = new Float64Array(publicationRows.length);
  let [last, drift, published, since] = [firstOpen, 0, 0, firstOpen];
  for (let i = 0; i < n; i++) {
    const minute = path.minute[i] as number;
    const close = path.close[i] as number;
    const r = (close - last) / last;
    last = close;
    const share = (1 - OVERNIGHT_SHARE) * (shapes.variance[minute] as number);
    realised += (r * r) / expected;
    due += share;
    impliedVariance[i] = level(realised / due, gap + (close - firstOpen) / firstOpen, minute + 1);
    const size = Math.abs(r) / (sessionVolatility * Math.sqrt(share));
    activity[i] = (shapes.activity[minute] as number) * (0.55 + 0.56 * Math.min(size, 6));
    if (i !== publicationRows[published]) continue;
    const move = (close - since) / (since * sessionVolatility * Math.sqrt(share * PUBLICATION_MINUTES));
    drift = MOMENTUM_KEPT * drift + (1 - MOMENTUM_KEPT) * move * 2;
    momentum[published++] = Math.max(-2, Math.min(2, drift));
    since = close;
  }
  return {
    seed,
    underlying,
    date: session.date,
    session,
    rulebook: input.rulebook,
    path,
    sessionVolatility,
    impliedVariance,
    impliedAtOpen,
    activity,
    publicationRows,
    momentum,
  };
}
