import { AppError, parseIstDate, type BarColumns, type DayTape, type Underlying } from '@sos/domain';
import type { Markets } from './markets.js';

/** A session with the bars that warm indicators up for it, all from one market. */
export interface ShelvedDay {
  readonly tape: DayTape;
  readonly warmUp: BarColumns;
  /** The market that it was read from. */
  readonly market: string;
}

/** Which day is wanted; `market` is `auto` when left out. */
export interface DayRequest {
  readonly symbol: Underlying;
  readonly date: string;
  readonly market?: string | undefined;
}

// A day with its chains is some 10 MB; a desk looks at few at a time.
const KEPT_DAYS = 4;
const WARM_UP_BARS = 750;

/** The days read last: pages that look at the same day share it. */
export class DayShelf {
  readonly #markets: Markets;
  readonly #days = new Map<string, Promise<ShelvedDay>>();

  constructor(markets: Markets) {
    this.#markets = markets;
  }

  /** @throws SOS_NO_DATA when nothing is known of the day, SOS_DATE_RANGE outside the calendar, SOS_INPUT for an unknown market */
  async day({ symbol, date: text, market: name = 'auto' }: DayRequest): Promise<ShelvedDay> {
    const date = parseIstDate(text);
    const market = await this.#markets.resolve({ market: name, symbol, date });
    const key = `${market} ${symbol} ${date}`;
    const known = this.#days.get(key);
    const day = known ?? this.#read({ symbol, date, market });
    this.#days.delete(key);
    this.#days.set(key, day);
    const oldest = this.#days.keys().next();
    if (this.#days.size > KEPT_DAYS && !oldest.done) this.#days.delete(oldest.value);
    // A day that could not be read may be there the next time.
    day.catch(() => this.#days.delete(key));
    return day;
  }

  async #read({ symbol, date: text, market }: DayRequest & { readonly market: string }): Promise<ShelvedDay> {
    const date = parseIstDate(text);
    const source = await this.#markets.named(market);
    const tape = await source.day(symbol, date);
    if (tape === null || tape.index.length === 0)
      throw new AppError(
        'SOS_NO_DATA',
        `expected a session of ${symbol} on ${date} in the market "${market}", found none`,
      );
    return { tape, warmUp: await source.warmUp(symbol, date, WARM_UP_BARS), market };
  }
}
