import type { Contract } from '@sos/domain';
import { sessionOf } from '@sos/rulebook';
import type { InstrumentState } from '../market/instrument-day.js';
import type { SimulatedExchange } from '../market/simulated-exchange.js';
import { callOf } from './framing.js';
import { describeSymbol, findSymbol, symbolName } from './symbol-book.js';

interface Quoted {
  readonly contract: Contract;
  readonly description: Readonly<Record<string, unknown>>;
  /** What the client knows. */
  known: Readonly<Record<string, unknown>>;
}

const round2 = (value: number): number => Number(value.toFixed(2));

function pricesOf(state: InstrumentState, isIndex: boolean): Record<string, number> {
  const { lastPrice, lastTradeTime, previousClose, volumeToday, bid, ask, bidQty, askQty, day } = state;
  const all = {
    lp: lastPrice,
    lp_time: Math.floor(lastTradeTime / 1000),
    volume: isIndex && volumeToday === 0 ? Number.NaN : volumeToday,
    ch: round2(lastPrice - previousClose),
    chp: round2((lastPrice / previousClose - 1) * 100),
    prev_close_price: previousClose,
    bid,
    ask,
    bid_size: bidQty,
    ask_size: askQty,
    open_price: day?.open ?? Number.NaN,
    high_price: day?.high ?? Number.NaN,
    low_price: day?.low ?? Number.NaN,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => Number.isFinite(value)));
}

/** One quote session of a client: the fields it asked for of the symbols it asked for, all of them at first, then what changed. */
export class QuoteSession {
  private readonly id: string;
  private readonly exchange: SimulatedExchange;
  private fields: ReadonlySet<string> | null = null;
  private readonly symbols = new Map<string, Quoted>();

  constructor(id: string, exchange: SimulatedExchange) {
    this.id = id;
    this.exchange = exchange;
  }

  setFields(names: readonly string[]): void {
    this.fields = new Set(names);
  }

  async add(texts: readonly string[]): Promise<string> {
    let frames = '';
    for (const text of texts) {
      const contract = await findSymbol(this.exchange, text);
      if (contract === null) {
        frames += callOf('qsd', [this.id, { n: text, s: 'error', errmsg: 'invalid symbol' }]);
        continue;
      }
      const quoted = { contract, description: describeSymbol(symbolName(text), contract), known: {} };
      this.symbols.set(text, quoted);
      frames += (await this.change(text, quoted)) + callOf('quote_completed', [this.id, text]);
    }
    return frames;
  }

  remove(texts: readonly string[]): void {
    for (const text of texts) this.symbols.delete(text);
  }

  /** What changed since it was sent; empty when nothing did. */
  async changes(): Promise<string> {
    let frames = '';
    for (const [text, quoted] of this.symbols) frames += await this.change(text, quoted);
    return frames;
  }

  private async change(n: string, quoted: Quoted): Promise<string> {
    const { exchange } = this;
    const state = await exchange.state(quoted.contract);
    const isOpen = sessionOf(exchange.today())?.windows.some(
      (w) => exchange.now() >= w.open && exchange.now() < w.close,
    );
    const values: Record<string, unknown> = {
      ...quoted.description,
      ...(state === null ? {} : pricesOf(state, quoted.contract.kind === 'index')),
      current_session: isOpen === true ? 'market' : 'out_of_session',
      update_mode: 'streaming',
    };
    const wanted = Object.entries(values).filter(([name]) => this.fields === null || this.fields.has(name));
    const changed = wanted.filter(([name, value]) => quoted.known[name] !== value);
    quoted.known = Object.fromEntries(wanted);
    return changed.length === 0 ? '' : callOf('qsd', [this.id, { n, s: 'ok', v: Object.fromEntries(changed) }]);
  }
}
