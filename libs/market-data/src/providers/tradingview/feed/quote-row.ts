import type { TickColumns } from '../../feed/tick-columns.js';
import { tickParts } from '../../feed/tick-columns.js';
import type { TvQuote, TvRow } from '../tradingview-schema.js';

const SECOND = 1000;
const priced = (value: number | null | undefined): number => ((value ?? 0) > 0 ? (value as number) : Number.NaN);
const sized = (value: number | null | undefined): number => value ?? Number.NaN;

/** Writes one row into columns of which only the first is used. */
export class QuoteRow {
  readonly ticks: TickColumns;
  private readonly columns: readonly Float64Array[];

  constructor(ticks: TickColumns) {
    this.ticks = ticks;
    this.columns = Object.values(tickParts(ticks)).flat();
  }

  /** What a quote says; everything else is unknown. */
  writeQuote(slot: number, quote: TvQuote): void {
    const { ticks } = this;
    this.clear(slot);
    ticks.lastPrice[0] = priced(quote.lp);
    ticks.lastTradeTime[0] = priced(quote.lp_time) * SECOND;
    ticks.previousClose[0] = priced(quote.prev_close_price);
    ticks.bid[0] = priced(quote.bid);
    ticks.bidQty[0] = sized(quote.bid_size);
    ticks.ask[0] = priced(quote.ask);
    ticks.askQty[0] = sized(quote.ask_size);
    ticks.volumeToday[0] = sized(quote.volume);
    ticks.dayOpen[0] = priced(quote.open_price);
    ticks.dayHigh[0] = priced(quote.high_price);
    ticks.dayLow[0] = priced(quote.low_price);
  }

  /** A finished minute; everything else is unknown. */
  writeMinute(slot: number, [time, open, high, low, close, volume]: TvRow): void {
    const { ticks } = this;
    this.clear(slot);
    ticks.minuteTime[0] = time * SECOND;
    ticks.minuteOpen[0] = sized(open);
    ticks.minuteHigh[0] = sized(high);
    ticks.minuteLow[0] = sized(low);
    ticks.minuteClose[0] = sized(close);
    ticks.minuteVolume[0] = sized(volume);
  }

  private clear(slot: number): void {
    for (const column of this.columns) column.fill(Number.NaN);
    this.ticks.slot[0] = slot;
  }
}
