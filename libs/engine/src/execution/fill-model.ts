import { paise, roundToTick, type OptionSeries, type Paise } from '@sos/domain';
import type { EngineConfig } from '../engine-config.js';
import { isTwoSided } from './row-price.js';

/** What a taker pays and gets: the price of the row, half the spread, and slippage, on the tick grid of one contract. */
export class FillModel {
  readonly tick: Paise;
  readonly slippage: Paise;
  readonly #spreadShare: number;
  readonly #tickRupees: number;

  constructor(config: EngineConfig, tick: Paise) {
    this.tick = tick;
    this.slippage = paise(config.slippageTicks * tick);
    this.#spreadShare = config.spreadShare;
    this.#tickRupees = tick / 100;
  }

  /**
   * Half of the bid-ask spread in rupees: as quoted with the row, else modelled as `max(1 tick, spreadShare × price) / 2`.
   * A bar's quote belongs to its last instant, so of it only the width is used, never the level.
   */
  halfSpread(series: OptionSeries, row: number, price: number): number {
    if (isTwoSided(series, row)) return ((series.ask[row] as number) - (series.bid[row] as number)) / 2;
    return Math.max(this.#tickRupees, this.#spreadShare * price) / 2;
  }

  /** What a buyer pays: price plus half the spread (of a quote: the ask), rounded up to the tick, plus slippage. */
  buy(series: OptionSeries, row: number, price: number): Paise {
    const rupees = price + this.halfSpread(series, row, price);
    return (roundToTick(rupees, this.tick, 'up') + this.slippage) as Paise;
  }

  /** What a seller gets: price less half the spread (of a quote: the bid), rounded down to the tick, less slippage; at least one tick. */
  sell(series: OptionSeries, row: number, price: number): Paise {
    const rupees = Math.max(0, price - this.halfSpread(series, row, price));
    return Math.max(this.tick, roundToTick(rupees, this.tick, 'down') - this.slippage) as Paise;
  }
}
