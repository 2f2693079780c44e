import type { Contract } from '@sos/domain';
import type { SimulatedExchange } from '../market/simulated-exchange.js';
import { callOf } from './framing.js';
import { FOREVER, barStart, collectBars, isInterval, type WireBar } from './series-bars.js';
import { describeSymbol, findSymbol, symbolName } from './symbol-book.js';

interface Series {
  readonly symbolId: string;
  readonly turn: string;
  readonly contract: Contract;
  readonly interval: string;
  /** Start of the oldest and the newest bar sent, in seconds. */
  oldest: number;
  newest: number;
  /** The newest bar as it was sent. */
  print: string;
  sent: number;
  isLive: boolean;
}

/** What a session needs of its connection. */
export interface ChartHost {
  readonly exchange: SimulatedExchange;
  /** Bars that the plan of the login gives in all. */
  readonly depth: number;
}

const PAGE = 5_000;

function numbersOf(range: unknown): { before: number; count: number } | null {
  if (typeof range === 'number') return { before: FOREVER, count: range };
  if (!Array.isArray(range) || range[0] !== 'bar_count') return null;
  const [, reference, count] = range as unknown[];
  if (typeof reference !== 'number' || typeof count !== 'number') return null;
  return { before: reference * 1000 + 1, count };
}

/** One chart session of a client: symbols, series with pages of older bars, and what changes in them. Every answer is frames, in order. */
export class ChartSession {
  private readonly id: string;
  private readonly host: ChartHost;
  private readonly symbols = new Map<string, Contract>();
  private readonly series = new Map<string, Series>();

  constructor(id: string, host: ChartHost) {
    this.id = id;
    this.host = host;
  }

  async resolve(symbolId: string, text: string): Promise<string> {
    const contract = await findSymbol(this.host.exchange, text);
    if (contract === null) return callOf('symbol_error', [this.id, symbolId, 'invalid symbol']);
    this.symbols.set(symbolId, contract);
    return callOf('symbol_resolved', [this.id, symbolId, describeSymbol(symbolName(text), contract)]);
  }

  /** Answers `create_series` and `modify_series`: `[series, turn, symbol, interval, range]`. */
  async open([name, turn, symbolId, interval, range]: readonly unknown[]): Promise<string> {
    const [key, text] = [String(name), String(interval)];
    const known = this.series.get(key);
    const contract = this.symbols.get(String(symbolId));
    const wanted = numbersOf(range) ?? (known === undefined ? null : { before: FOREVER, count: known.sent });
    const refuse = (why: string): string => callOf('series_error', [this.id, key, turn, why]);
    if (contract === undefined) return refuse('resolve error');
    if (!isInterval(text)) return refuse('invalid_resolution');
    if (wanted === null || wanted.count < 1) return refuse('invalid_range');
    const { before } = wanted;
    const count = Math.min(wanted.count, PAGE, this.host.depth);
    const bars = await collectBars(this.host.exchange, { contract, interval: text, before, count });
    const series: Series = {
      symbolId: String(symbolId),
      turn: String(turn),
      contract,
      interval: text,
      oldest: bars[0]?.[0] ?? 0,
      newest: bars.at(-1)?.[0] ?? 0,
      print: JSON.stringify(bars.at(-1)),
      sent: bars.length,
      isLive: before >= this.host.exchange.now(),
    };
    this.series.set(key, series);
    return callOf('series_loading', [this.id, key, series.turn]) + this.page(key, series, bars);
  }

  /** Answers `request_more_data`: older bars, none where the plan or the market ends. */
  async more(name: string, count: number): Promise<string> {
    const series = this.series.get(name);
    if (series === undefined)
      return callOf('critical_error', [this.id, 'unknown_series', `series ${name} does not exist`]);
    const wanted = Math.min(count, PAGE, this.host.depth - series.sent);
    const { contract, interval, oldest: first } = series;
    const request = { contract, interval, before: first * 1000, count: wanted };
    const bars = wanted < 1 || series.sent === 0 ? [] : await collectBars(this.host.exchange, request);
    series.oldest = bars[0]?.[0] ?? first;
    series.sent += bars.length;
    return callOf('series_loading', [this.id, name, series.turn]) + this.page(name, series, bars);
  }

  remove(name: string): void {
    this.series.delete(name);
  }

  /** The bars that changed since they were sent; empty when none did. */
  async changes(): Promise<string> {
    let frames = '';
    for (const [name, series] of this.series) {
      if (!series.isLive || series.sent === 0) continue;
      const { contract, interval, newest } = series;
      // From the bar sent last to the running one.
      const count = 2 + Math.ceil((this.host.exchange.now() - barStart(newest * 1000, interval)) / 60_000);
      const all = await collectBars(this.host.exchange, {
        contract,
        interval,
        before: FOREVER,
        count: Math.min(count, PAGE),
      });
      const bars = all.filter(([start]) => (start ?? 0) >= newest);
      const print = JSON.stringify(bars.at(-1));
      if (bars.length === 0 || (print === series.print && bars.length === 1)) continue;
      series.print = print;
      series.newest = bars.at(-1)?.[0] ?? newest;
      frames += callOf('du', [this.id, { [name]: this.part(series, bars, series.sent - 1) }]);
      series.sent += bars.length - 1;
    }
    return frames;
  }

  private page(name: string, series: Series, bars: readonly WireBar[]): string {
    const update = callOf('timescale_update', [
      this.id,
      { [name]: this.part(series, bars, series.sent - bars.length) },
      { index: 0, zoffset: 0, changes: [], marks: [], index_diff: [] },
    ]);
    return update + callOf('series_completed', [this.id, name, 'streaming', series.turn]);
  }

  private part({ turn, newest, interval }: Series, bars: readonly WireBar[], first: number): object {
    const minutes = Number(interval);
    const close = Number.isNaN(minutes) ? newest + 375 * 60 : newest + minutes * 60;
    return {
      node: 'exchange-sim',
      s: bars.map((v, k) => ({ i: first + k, v })),
      ns: { d: '', indexes: [] },
      t: turn,
      lbs: { bar_close_time: close },
    };
  }
}
