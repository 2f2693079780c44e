import {
  istMinuteOfDay,
  paise,
  roundToTick,
  type EpochMs,
  type OptionSeries,
  type Paise,
  type Units,
} from '@sos/domain';
import type { EngineConfig } from '../engine-config.js';
import type { ContractTerms } from '../market-rules.js';
import type { ExchangeTerms } from '../simulation/simulated-order.js';
import { modelledSpread } from '../simulation/spread-model.js';
import { isTwoSided } from './row-price.js';

/** One row of one option. */
export interface RowRef {
  readonly series: OptionSeries;
  readonly row: number;
}

/** What a taker of one expiry's contracts pays and gets: half the spread and slippage, on the tick grid. */
export class FillModel {
  readonly tick: Paise;
  readonly slippage: Paise;
  /** Largest order, units. */
  readonly maxUnits: Units;
  readonly exchange: ExchangeTerms;
  readonly #config: EngineConfig;
  // The last question to the spread model: one row asks the same one several times.
  #series: OptionSeries | null = null;
  #row = -1;
  #price = Number.NaN;
  #spot = Number.NaN;
  #half = Number.NaN;

  constructor(config: EngineConfig, { tick, lotSize, maxLotsPerOrder }: ContractTerms) {
    this.tick = tick;
    this.slippage = paise(config.slippageTicks * tick);
    this.maxUnits = (lotSize * maxLotsPerOrder) as Units;
    this.exchange = { tick, lot: lotSize, slippage: this.slippage, latencyMs: config.latencyMs };
    this.#config = config;
  }

  /**
   * Half of the bid-ask spread in rupees: as quoted with the row, else by the spread model; at least half a tick. A bar's quote belongs to its last instant, so of it only
   * the width is used, never the level. @param spot index level, NaN when unknown: then the option counts as at the money
   */
  halfSpread({ series, row }: RowRef, price: number, spot: number): number {
    if (isTwoSided(series, row)) return ((series.ask[row] as number) - (series.bid[row] as number)) / 2;
    if (series === this.#series && row === this.#row && price === this.#price && spot === this.#spot) return this.#half;
    this.#series = series;
    this.#row = row;
    this.#price = price;
    this.#spot = spot;
    this.#half = Math.max(this.tick / 100, this.#config.spreadMultiple * this.#width(price)) / 2;
    return this.#half;
  }

  #width(premium: number): number {
    const { spreadModel, spreadShare } = this.#config;
    const series = this.#series;
    if (spreadModel === 'share' || series === null) return spreadShare * premium;
    const minute = istMinuteOfDay(series.openTime[this.#row] as EpochMs);
    return modelledSpread({ contract: series.contract, premium, spot: this.#spot, minute });
  }

  /** What a buyer pays at once: price plus half the spread, rounded up to the tick, plus slippage. */
  buy(price: number, half: number): Paise {
    return (roundToTick(price + half, this.tick, 'up') + this.slippage) as Paise;
  }

  /** What a seller gets at once: price less half the spread, rounded down to the tick, less slippage; at least one tick. */
  sell(price: number, half: number): Paise {
    return Math.max(this.tick, roundToTick(Math.max(0, price - half), this.tick, 'down') - this.slippage) as Paise;
  }
}
