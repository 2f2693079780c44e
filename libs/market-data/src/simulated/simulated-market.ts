import type { MarketSource } from '@sos/backtester';
import {
  isAppError,
  makeBarColumns,
  sliceBars,
  type BarColumns,
  type DayTape,
  type IstDate,
  type Underlying,
} from '@sos/domain';
import { defaultRulebook, type Rulebook, type Session } from '@sos/rulebook';
import { drawSpotPath } from './draw-spot-path.js';
import { indexBars } from './index-bars.js';
import { lazily } from './lazily.js';
import { buildMarketState } from './market-state.js';
import { contentKeyOf, ownLaw } from './model-version.js';
import { PremiumModel, type ChainExtent } from './premium-model.js';
import { buildYearSkeleton, type DaySkeleton } from './year-skeleton.js';

/** The simulated market's settings. */
export interface SimulatedMarketOptions extends Partial<ChainExtent> {
  /** Names the market: the same seed gives the same prices for every date and underlying, on every machine. */
  readonly seed: string | number;
  /** The law of every day; default: the rows that ship with this version. */
  readonly rulebook?: Rulebook;
}

const DEFAULT_EXTENT: ChainExtent = { bandStrikes: 20, chainCadenceMinutes: 1, expiries: 2, isWhole: true };

class SimulatedMarket implements MarketSource {
  private readonly seed: string;
  private readonly rulebook: Rulebook;
  private readonly extent: ChainExtent;
  private readonly years = new Map<string, Map<IstDate, DaySkeleton>>();

  constructor({ seed, rulebook = defaultRulebook(), ...extent }: SimulatedMarketOptions) {
    this.seed = String(seed);
    this.rulebook = rulebook;
    this.extent = { ...DEFAULT_EXTENT, ...extent };
  }

  sessions(_underlying: Underlying, from: IstDate, to: IstDate): Promise<IstDate[]> {
    return Promise.resolve().then(() => this.rulebook.tradingDays(from, to));
  }

  day(underlying: Underlying, date: IstDate): Promise<DayTape | null> {
    return Promise.resolve().then(() => this.build(underlying, date));
  }

  warmUp(underlying: Underlying, date: IstDate, bars: number): Promise<BarColumns> {
    return Promise.resolve().then(() => lastBars(this.earlier(underlying, date, bars), bars));
  }

  private build(underlying: Underlying, date: IstDate): DayTape | null {
    const session = this.rulebook.sessionOf(date);
    if (session === null) return null;
    const skeleton = this.skeleton(underlying, session);
    const { seed, extent, rulebook } = this;
    const path = drawSpotPath({ seed, underlying, session, skeleton });
    const { previousClose, sessionVolatility } = skeleton;
    const state = buildMarketState({ seed, underlying, session, rulebook, path, previousClose, sessionVolatility });
    const model = new PremiumModel(state, 'simulated');
    const index = indexBars(path, seed, session);
    const label = `SIMULATED, seed ${seed}`;
    const future = lazily(() => model.future());
    const chains = lazily(() => model.chains(extent, index.close));
    return {
      underlying,
      date,
      index,
      indexSource: 'simulated',
      get future() {
        return future();
      },
      get chains() {
        return chains();
      },
      previousClose,
      origins: [`index (${label})`, `future (${label})`, `option chain (${label})`, `premiums (${label})`],
      contentKey: contentKeyOf({ ...extent, source: 'simulated', seed, underlying, date, ...ownLaw(rulebook) }),
      option: (contract) => model.option(contract),
    };
  }

  private skeleton(underlying: Underlying, session: Session): DaySkeleton {
    const year = session.date.slice(0, 4);
    const key = `${underlying}${year}`;
    let days = this.years.get(key);
    if (days === undefined) {
      days = buildYearSkeleton({ seed: this.seed, underlying, rulebook: this.rulebook }, Number(year));
      this.years.set(key, days);
    }
    return days.get(session.date) as DaySkeleton;
  }

  /** Index bars of the sessions before `date`, newest first, until there are enough or the calendar begins. */
  private earlier(underlying: Underlying, date: IstDate, bars: number): BarColumns[] {
    const found: BarColumns[] = [];
    let day = before(this.rulebook, date);
    for (let rows = 0; rows < bars && day !== null; day = before(this.rulebook, day)) {
      const session = this.rulebook.sessionOf(day);
      if (session === null) break;
      const skeleton = this.skeleton(underlying, session);
      const path = drawSpotPath({ seed: this.seed, underlying, session, skeleton });
      const index = indexBars(path, this.seed, session);
      found.push(index);
      rows += index.length;
    }
    return found;
  }
}

function before(book: Rulebook, date: IstDate): IstDate | null {
  try {
    return book.previousTradingDay(date);
  } catch (error) {
    if (isAppError(error) && error.code === 'SOS_DATE_RANGE') return null;
    throw error;
  }
}

function lastBars(newestFirst: readonly BarColumns[], bars: number): BarColumns {
  const total = newestFirst.reduce((sum, b) => sum + b.length, 0);
  const out = makeBarColumns(total);
  let end = total;
  for (const day of newestFirst) {
    end -= day.length;
    for (const name of ['time', 'open', 'high', 'low', 'close'] as const) out[name].set(day[name], end);
  }
  return sliceBars(out, Math.max(0, total - bars), total);
}

/**
 * A market of NSE days made from nothing but a seed, for any date of the rulebook's calendar and under that date's law: index, front future, option chains and one-minute
 * bars of every listed option. Every series is labelled `simulated` and every origin says SIMULATED with the seed. Chains hold the nearest two expiries, ±20 strikes
 * (more where the day may drift), one snapshot a minute unless set otherwise; prices in rupees, sizes in units.
 * @throws SOS_DATE_RANGE (rejection) for dates outside the rulebook's calendar
 */
export function createSimulatedMarket(options: SimulatedMarketOptions): MarketSource {
  return new SimulatedMarket(options);
}
