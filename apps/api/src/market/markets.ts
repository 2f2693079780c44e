import type { MarketSource } from '@sos/backtester';
import { AppError, didYouMean, type IstDate, type Underlying } from '@sos/domain';
import { createModelledMarket, createSimulatedMarket } from '@sos/market-data';
import type { ResearchData } from '../research-data.js';

/** The seed of the simulated market where nobody asked for another. */
export const DEFAULT_SEED = '1';
const MADE = /^(simulated|modelled):(.{1,40})$/;

/** One day of one underlying in one market. */
export interface DayName {
  readonly market: string;
  readonly symbol: Underlying;
  readonly date: IstDate;
}

/** The markets that days are read from, by name; see `MarketName` of the contracts. Simulated markets are made when first asked for. */
export class Markets {
  readonly #data: ResearchData;
  readonly #made = new Map<string, MarketSource>();

  constructor(data: ResearchData) {
    this.#data = data;
  }

  /**
   * What `auto` means on a day: what is imported where anything is, else the simulated market. A day and its warm-up always come from one market.
   * @throws SOS_INPUT for an unknown name
   */
  async resolve({ market, symbol, date }: DayName): Promise<string> {
    if (market !== 'auto') return market;
    const days = await this.#data.stored('imported').sessions(symbol, date, date);
    return days.length > 0 ? 'imported' : `simulated:${DEFAULT_SEED}`;
  }

  /** The market of a resolved name. @throws SOS_INPUT for an unknown name */
  async named(name: string): Promise<MarketSource> {
    const known = this.#made.get(name);
    if (known !== undefined) return known;
    const market = MADE.test(name) ? this.#make(name) : await this.#stored(name);
    this.#made.set(name, market);
    return market;
  }

  #make(name: string): MarketSource {
    const [, kind = '', seed = ''] = MADE.exec(name) ?? [];
    if (kind === 'simulated') return createSimulatedMarket({ seed });
    return createModelledMarket(this.#data.stored('imported'), { seed });
  }

  async #stored(name: string): Promise<MarketSource> {
    if (name === 'imported') return this.#data.stored(name);
    const names = [...new Set((await this.#data.datasets()).map((d) => d.dataset))];
    if (names.includes(name)) return this.#data.stored(name);
    const hint = didYouMean(name, ['auto', 'imported', ...names]);
    throw new AppError('SOS_INPUT', `expected the name of a market, found "${name}"${hint}`);
  }
}
