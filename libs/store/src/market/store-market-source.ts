import {
  addDays,
  MS_PER_DAY,
  parseIstDate,
  sliceBars,
  startOfIstDay,
  type BarColumns,
  type ChainTape,
  type ContractId,
  type DayTape,
  type IstDate,
  type OptionSeries,
  type Underlying,
} from '@sos/domain';
import type { MarketSource } from '@sos/backtester';
import { defaultRulebook, type Rulebook } from '@sos/rulebook';

import type { Client } from '../client.js';
import { bestOf, originOf, type Candidate, type SourceFilter } from '../data-source.js';
import { chainDays, frontFutureDays, indexDays, optionDays, type CandleDay, type OptionDay } from './coverage.js';
import { groupBy } from '../group-by.js';
import { joinBars } from './join-bars.js';
import { quotesOfChain } from './quotes-of-chain.js';
import { readBars, readOptions, type TimeRange } from './read-candles.js';
import { readChain } from './read-chains.js';
import { wantedExpiries } from './wanted-expiries.js';

/** Which stored rows a backtest may use. */
export interface MarketSourceOptions {
  readonly filter: SourceFilter;
  /** How many of the nearest expiries of each day are loaded; 2 by default. */
  readonly expiries?: number;
  /** Also load the last stored expiry of the nearest expiry's calendar month. */
  readonly monthly?: boolean;
  /** Whose calendar and monthly expiries count; default: the rows that ship with this version. */
  readonly rulebook?: Rulebook;
}

const DAWN = parseIstDate('1990-01-01');

const dayRange = (date: IstDate): TimeRange => {
  const from = startOfIstDay(date);
  return { from, to: from + MS_PER_DAY };
};

/** The store as a source of backtests: each series of a day comes from the one best source that the filter admits. */
export class StoreMarketSource implements MarketSource {
  readonly #sql: Client;
  readonly #options: Required<MarketSourceOptions>;

  constructor(sql: Client, options: MarketSourceOptions) {
    this.#sql = sql;
    this.#options = { expiries: 2, monthly: false, rulebook: defaultRulebook(), ...options };
  }

  async sessions(underlying: Underlying, from: IstDate, to: IstDate): Promise<IstDate[]> {
    return [...(await this.#indexDays(underlying, from, to)).keys()];
  }

  async day(underlying: Underlying, date: IstDate): Promise<DayTape | null> {
    const before = this.#options.rulebook.previousTradingDay(date);
    const [days, chains, options, future] = await Promise.all([
      this.#indexDays(underlying, before, date),
      this.#chains(underlying, date),
      this.#optionSeries(underlying, date),
      this.#future(underlying, date),
    ]);
    const own = days.get(date);
    if (own === undefined) return null;
    const [index, previousClose] = await Promise.all([this.#bars(own), this.#previousClose(days.get(before))]);
    const used: Candidate[] = [own, ...chains.used, ...options.used, ...(future === null ? [] : [future.used])];
    return {
      underlying,
      date,
      index,
      indexSource: own.source,
      future: future?.bars ?? null,
      chains: chains.tapes,
      previousClose,
      origins: [...new Set(used.map(originOf))],
      option: optionLookup(options.series, chains.tapes),
    };
  }

  async warmUp(underlying: Underlying, date: IstDate, bars: number): Promise<BarColumns> {
    const days = [...(await this.#indexDays(underlying, DAWN, addDays(date, -1))).values()];
    const wanted: CandleDay[] = [];
    for (let found = 0, i = days.length - 1; i >= 0 && found < bars; i--) {
      const day = days[i] as CandleDay;
      wanted.unshift(day);
      found += day.rows;
    }
    const joined = joinBars(await Promise.all(wanted.map((day) => this.#bars(day))));
    // What an index file prints as volume is not what gates trade by: their volume comes from the future or the options.
    joined.volume.fill(Number.NaN);
    return sliceBars(joined, Math.max(0, joined.length - bars), joined.length);
  }

  /** The chosen source of the index for each day that has any, ascending. */
  async #indexDays(underlying: Underlying, from: IstDate, to: IstDate): Promise<Map<IstDate, CandleDay>> {
    const all = groupBy(await indexDays(this.#sql, { underlying, from, to }), (d) => d.day);
    const chosen = new Map<IstDate, CandleDay>();
    for (const [day, candidates] of all) {
      const best = bestOf(candidates, this.#options.filter);
      if (best !== null) chosen.set(day, best);
    }
    return chosen;
  }

  #bars(day: CandleDay): Promise<BarColumns> {
    const { instrumentId, sourceId, rows } = day;
    return readBars(this.#sql, { instrumentId, sourceId, expectedRows: rows, ...dayRange(day.day) });
  }

  async #previousClose(day: CandleDay | undefined): Promise<number> {
    if (day === undefined) return Number.NaN;
    const bars = await this.#bars(day);
    return bars.close[bars.length - 1] ?? Number.NaN;
  }

  async #chains(underlying: Underlying, date: IstDate) {
    const all = groupBy(await chainDays(this.#sql, underlying, date), (c) => c.expiry);
    const expiries = wantedExpiries([...all.keys()], { underlying, date, ...this.#options });
    const used = expiries.flatMap((e) => bestOf(all.get(e) ?? [], this.#options.filter) ?? []);
    const tapes = await Promise.all(used.map((c) => readChain(this.#sql, { ...c, underlying, ...dayRange(date) })));
    return { used, tapes };
  }

  async #optionSeries(underlying: Underlying, date: IstDate) {
    const all = await optionDays(this.#sql, underlying, date);
    const expiries = wantedExpiries([...new Set(all.map((o) => o.contract.expiry))], {
      underlying,
      date,
      ...this.#options,
    });
    const byContract = groupBy(
      all.filter((o) => expiries.includes(o.contract.expiry)),
      (o) => o.instrumentId,
    );
    const used = [...byContract.values()].flatMap((c) => bestOf(c, this.#options.filter) ?? []);
    const bySource = groupBy(used, (o) => o.sourceId);
    const read = await Promise.all([...bySource.values()].map((options) => this.#readOptions(options, date)));
    return { used, series: new Map(read.flat().map((s) => [s.contract.id, s])) };
  }

  async #readOptions(options: readonly OptionDay[], date: IstDate): Promise<OptionSeries[]> {
    const head = options[0];
    if (head === undefined) return [];
    const expectedRows = options.reduce((sum, o) => sum + o.rows, 0);
    const { sourceId, source } = head;
    return readOptions(this.#sql, { sourceId, source, options, expectedRows, ...dayRange(date) });
  }

  async #future(underlying: Underlying, date: IstDate) {
    const used = bestOf(await frontFutureDays(this.#sql, underlying, date), this.#options.filter);
    return used === null ? null : { used, bars: await this.#bars(used) };
  }
}

/** Bars of a contract when stored, else its quotes out of the chain of its expiry, made when first asked for. */
function optionLookup(bars: ReadonlyMap<ContractId, OptionSeries>, chains: readonly ChainTape[]): DayTape['option'] {
  const quotes = new Map<ContractId, OptionSeries | null>();
  return (contract) => {
    const stored = bars.get(contract.id) ?? quotes.get(contract.id);
    if (stored !== undefined) return stored;
    const chain = chains.find((c) => c.expiry === contract.expiry);
    const made = chain === undefined ? null : quotesOfChain(chain, contract);
    quotes.set(contract.id, made);
    return made;
  };
}
