import type { MarketSource } from '@sos/backtester';
import { isAppError, type BarColumns, type DayTape, type IstDate, type Underlying } from '@sos/domain';
import { defaultRulebook, type Rulebook } from '@sos/rulebook';
import { typicalSessionVolatility } from './market-climate.js';
import { modelPremiums } from './model-premiums.js';
import type { ChainExtent } from './premium-model.js';
import { relativeVolatility } from './underlying-profile.js';

/** The modelled market's settings. */
export interface ModelledMarketOptions extends Partial<ChainExtent> {
  readonly seed: string | number;
  /** The law of every day; default: the rows that ship with this version. */
  readonly rulebook?: Rulebook;
}

/** Weights of the realised variance of the last sessions, newest first; the rest is the calendar year's typical variance. */
const TRAILING = [0.22, 0.15, 0.1, 0.08, 0.05];
const REMEMBERED = 64;

function realisedVariance({ index, previousClose }: DayTape): number {
  const { close, open, length } = index;
  if (length === 0) return Number.NaN;
  const first = open[0] as number;
  let sum = Number.isNaN(previousClose) ? 0 : Math.log(first / previousClose) ** 2;
  let last = first;
  for (let i = 0; i < length; i++) {
    const now = close[i] as number;
    const r = (now - last) / last;
    sum += r * r;
    last = now;
  }
  return sum;
}

function before(book: Rulebook, date: IstDate): IstDate | null {
  try {
    return book.previousTradingDay(date);
  } catch (error) {
    if (isAppError(error) && error.code === 'SOS_DATE_RANGE') return null;
    throw error;
  }
}

class ModelledMarket implements MarketSource {
  private readonly inner: MarketSource;
  private readonly options: ModelledMarketOptions;
  /** Realised variance by underlying and date; NaN = nothing known of that session. */
  private readonly realised = new Map<string, number>();

  constructor(inner: MarketSource, options: ModelledMarketOptions) {
    this.inner = inner;
    this.options = options;
  }

  sessions(underlying: Underlying, from: IstDate, to: IstDate): Promise<IstDate[]> {
    return this.inner.sessions(underlying, from, to);
  }

  warmUp(underlying: Underlying, date: IstDate, bars: number): Promise<BarColumns> {
    return this.inner.warmUp(underlying, date, bars);
  }

  async day(underlying: Underlying, date: IstDate): Promise<DayTape | null> {
    const tape = await this.inner.day(underlying, date);
    if (tape === null) return null;
    this.remember(underlying, date, realisedVariance(tape));
    if (tape.chains.length > 0 || tape.index.length === 0) return tape;
    const { index, indexSource, future, previousClose, origins } = tape;
    const sessionVolatility = await this.expectedVolatility(underlying, date);
    const { options } = this;
    return modelPremiums({
      ...options,
      bars: index,
      underlying,
      date,
      previousClose,
      sessionVolatility,
      indexSource,
      future,
      origins,
    });
  }

  /** From the sessions before `date` only, so that it is the same in whatever order days are asked for. */
  private async expectedVolatility(underlying: Underlying, date: IstDate): Promise<number> {
    const typical = (relativeVolatility(underlying, date) * typicalSessionVolatility(date)) ** 2;
    let [variance, weight] = [0, 0];
    const { rulebook = defaultRulebook() } = this.options;
    let day = before(rulebook, date);
    for (const w of TRAILING) {
      if (day === null) break;
      const realised = await this.realisedOn(underlying, day);
      if (!Number.isNaN(realised)) {
        variance += w * Math.min(realised, 9 * typical);
        weight += w;
      }
      day = before(rulebook, day);
    }
    return Math.sqrt(variance + (1 - weight) * typical);
  }

  private async realisedOn(underlying: Underlying, date: IstDate): Promise<number> {
    const known = this.realised.get(underlying + date);
    if (known !== undefined) return known;
    const tape = await this.inner.day(underlying, date);
    const realised = tape === null ? Number.NaN : realisedVariance(tape);
    this.remember(underlying, date, realised);
    return realised;
  }

  private remember(underlying: Underlying, date: IstDate, realised: number): void {
    this.realised.set(underlying + date, realised);
    const oldest = this.realised.keys().next();
    if (this.realised.size > REMEMBERED && !oldest.done) this.realised.delete(oldest.value);
  }
}

/**
 * Any source, with premiums, chain and volume modelled on the days of which it knows only the index: such a day's premiums are `modelled` throughout (see `modelPremiums`),
 * expected volatility coming from the five sessions before it. Days that have a chain of their own pass through untouched, so modelled and recorded premiums never mix within a day.
 */
export function createModelledMarket(inner: MarketSource, options: ModelledMarketOptions): MarketSource {
  return new ModelledMarket(inner, options);
}
