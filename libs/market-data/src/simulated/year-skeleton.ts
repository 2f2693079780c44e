import { AppError, daysBetween, parseIstDate, type IstDate, type Underlying } from '@sos/domain';
import type { Rulebook } from '@sos/rulebook';
import { OVERNIGHT_SHARE, pauseVariance, sessionVolatility } from './market-climate.js';
import { latticeNormal, latticeUniform, randomKey } from './random-stream.js';
import { UNDERLYING_PROFILES, relativeVolatility } from './underlying-profile.js';

/** What kind of day it is: one direction, no direction, or one direction and back. */
export type DayCharacter = 'trend' | 'chop' | 'reversal';

/** The coarse facts of one simulated session, fixed before its minutes are drawn. Levels on the index's grid. */
export interface DaySkeleton {
  readonly date: IstDate;
  readonly previousClose: number;
  readonly open: number;
  readonly close: number;
  /** Standard deviation of a whole normal session (gap included) of this underlying, log return. */
  readonly sessionVolatility: number;
  /** Variance of this session's minutes together, log return squared. */
  readonly intradayVariance: number;
  readonly character: DayCharacter;
}

/** Whose days are drawn, under whose calendar. */
export interface SkeletonMarket {
  readonly seed: string;
  readonly underlying: Underlying;
  readonly rulebook: Rulebook;
}

interface DayDraw {
  readonly date: IstDate;
  readonly sigma: number;
  readonly gapVariance: number;
  readonly intradayVariance: number;
  readonly character: DayCharacter;
  readonly gap: number;
  readonly intraday: number;
}

const FIRST_DAY = '2000-01-01' as IstDate;
const FULL_SESSION_MINUTES = 375;
/** Fat tail of the gaps: the standard deviation itself is lognormal with this spread (recorded kurtosis 5 to 9). */
const GAP_TAIL = 0.5;

function levelAt(underlying: Underlying, year: number): number {
  const found = UNDERLYING_PROFILES[underlying].yearEndLevels.find(([y]) => y === year);
  if (found === undefined)
    throw new AppError('SOS_DATE_RANGE', `expected a year from 2019 to 2027 for the simulated market, found ${year}`);
  return found[1];
}

function characterOf(seed: string, day: number): DayCharacter {
  const u = latticeUniform(randomKey(seed, 'character'), day);
  if (u < 0.35) return 'trend';
  return u < 0.8 ? 'chop' : 'reversal';
}

/** How far the day goes, in standard deviations of its minutes: recorded days go further than a random walk would. */
function reach(character: DayCharacter, normal: number): number {
  if (character === 'trend') return Math.sign(normal) * (1.2 + 0.6 * Math.abs(normal));
  return character === 'chop' ? 0.5 * normal : 0.7 * normal;
}

function drawDay({ seed, underlying, rulebook }: SkeletonMarket, dates: readonly [IstDate, IstDate]): DayDraw {
  const [before, date] = dates;
  const day = daysBetween(FIRST_DAY, date);
  const { loading } = UNDERLYING_PROFILES[underlying];
  const own = Math.sqrt(1 - loading * loading);
  const mixed = (what: string): number =>
    loading * latticeNormal(randomKey(seed, what), day) + own * latticeNormal(randomKey(seed, what, underlying), day);
  const sigma = relativeVolatility(underlying, date) * sessionVolatility(seed, date);
  const gapVariance = pauseVariance(daysBetween(before, date)) * sigma * sigma;
  const minutes = rulebook.sessionOf(date)?.minutes ?? 0;
  const intradayVariance = (1 - OVERNIGHT_SHARE) * Math.min(1, minutes / FULL_SESSION_MINUTES) * sigma * sigma;
  const tail = Math.exp(GAP_TAIL * latticeNormal(randomKey(seed, 'gap-tail'), day) - GAP_TAIL * GAP_TAIL);
  const character = characterOf(seed, day);
  return {
    date,
    sigma,
    gapVariance,
    intradayVariance,
    character,
    gap: Math.sqrt(gapVariance) * tail * mixed('gap'),
    intraday: Math.sqrt(intradayVariance) * reach(character, mixed('reach')),
  };
}

function onGrid(level: number, tick: number): number {
  return Math.round(level / tick) / Math.round(1 / tick);
}

/**
 * All sessions of one simulated year: days drawn one by one and then tied to the year's first and last level, each day giving way in proportion to its variance.
 * So any date is reached without simulating the years before it, and each session starts where the one before ended.
 * @throws SOS_DATE_RANGE for a year outside the rulebook's calendar
 */
export function buildYearSkeleton(market: SkeletonMarket, year: number): Map<IstDate, DaySkeleton> {
  const { underlying, rulebook } = market;
  const days = rulebook.tradingDays(parseIstDate(`${year}-01-01`), parseIstDate(`${year}-12-31`));
  const lastOfYearBefore = parseIstDate(`${year - 1}-12-31`);
  const draws = days.map((date, i) => drawDay(market, [days[i - 1] ?? lastOfYearBefore, date]));
  const start = levelAt(underlying, year - 1);
  const tick = UNDERLYING_PROFILES[underlying].indexTick;
  const total = draws.reduce((sum, d) => sum + d.gap + d.intraday, 0);
  const variance = draws.reduce((sum, d) => sum + d.gapVariance + d.intradayVariance, 0);
  const pull = (Math.log(levelAt(underlying, year) / start) - total) / variance;
  const skeleton = new Map<IstDate, DaySkeleton>();
  let log = Math.log(start);
  let previousClose = start;
  for (const d of draws) {
    const open = onGrid(Math.exp((log += d.gap + pull * d.gapVariance)), tick);
    const close = onGrid(Math.exp((log += d.intraday + pull * d.intradayVariance)), tick);
    const { date, sigma, intradayVariance, character } = d;
    skeleton.set(date, { date, previousClose, open, close, sessionVolatility: sigma, intradayVariance, character });
    previousClose = close;
  }
  return skeleton;
}
