import { AppError, type BarColumns, type ChainTape, type Contract, type IstDate, type OptionSeries } from '@sos/domain';

import type { Transaction } from '../client.js';
import type { Partitions } from '../copy/partitions.js';
import { writeAnswers, type AnsweredDay } from '../coverage/answered-day.js';
import type { DataSource } from '../data-source.js';
import { batchOfBars, batchOfOption, type CandleBatch } from './candle-rows.js';
import type { ChainBatch } from './chain-rows.js';
import type { MarketStat } from './market-stat.js';
import type { Registry } from './registry.js';
import { writeCandleBatches } from './write-candles.js';
import { writeChainBatches } from './write-chains.js';
import { addCounts, NOTHING_WRITTEN, type WriteCount } from './write-count.js';
import { writeStats } from './write-market-stats.js';

/** What a vendor calls a contract between two days (null: until further notice). */
export interface InstrumentAlias {
  readonly vendor: string;
  readonly alias: string;
  readonly contract: Contract;
  readonly validFrom: IstDate;
  readonly validTo: IstDate | null;
}

/** The source of bars to write; `quality` holds bits per row (see `QUALITY`), OR-ed to those that follow from source and unknown values. */
export interface CandleOrigin extends DataSource {
  readonly quality?: Int16Array;
}

/** Writes of one transaction: all of them are kept, or none. A row that exists already for the same contract, source and time is replaced. */
export interface WriteTransaction {
  /** Bars of an index, future or option, times strictly ascending. NaN becomes NULL with a reason. @throws SOS_INVARIANT when out of order */
  writeCandles(contract: Contract, bars: BarColumns, origin: CandleOrigin): Promise<WriteCount>;
  /** Option bars with the quotes at their close; many series in one call are much faster than one by one. @throws SOS_INVARIANT for `quotes` series */
  writeOptionSeries(series: readonly OptionSeries[], dataset: string): Promise<WriteCount>;
  /** Chain tapes, availability strictly ascending within each; counts rows of snapshot × strike. */
  writeChains(tapes: readonly ChainTape[], dataset: string): Promise<WriteCount>;
  /** Statistics of an underlying as a vendor printed them. */
  writeMarketStats(stats: readonly MarketStat[], source: DataSource): Promise<WriteCount>;
  /** Names that vendors give to contracts. */
  writeAliases(aliases: readonly InstrumentAlias[]): Promise<void>;
  /** Days of contracts on which a source has had its last word: minutes of them that it did not send are not missing. */
  writeAnswers(days: readonly AnsweredDay[], source: DataSource): Promise<void>;
}

/** What a transaction needs of its store. */
export interface WriteTools {
  readonly tx: Transaction;
  readonly registry: Registry;
  readonly partitions: Partitions;
}

/** The writes over one open database transaction. */
export class MarketWriter implements WriteTransaction {
  readonly #tools: WriteTools;
  #total = NOTHING_WRITTEN;

  constructor(tools: WriteTools) {
    this.#tools = tools;
  }

  /** Rows written so far. */
  get total(): WriteCount {
    return this.#total;
  }

  async writeCandles(contract: Contract, bars: BarColumns, origin: CandleOrigin): Promise<WriteCount> {
    const { registry, tx, partitions } = this.#tools;
    const sourceId = await registry.source(origin);
    const [instrumentId = 0] = await registry.instruments([contract]);
    const quality = origin.quality ?? null;
    const batch = batchOfBars(bars, { instrumentId, sourceId, origin: origin.source, quality });
    return this.#add(await writeCandleBatches(tx, partitions, [batch]));
  }

  async writeOptionSeries(series: readonly OptionSeries[], dataset: string): Promise<WriteCount> {
    const { registry, tx, partitions } = this.#tools;
    const ids = await registry.instruments(series.map((s) => s.contract));
    const batches: CandleBatch[] = [];
    for (const [i, one] of series.entries()) {
      if (one.kind !== 'bars')
        throw new AppError(
          'SOS_INVARIANT',
          `expected bars of ${one.contract.id}, found quotes: write their chain instead`,
        );
      const sourceId = await registry.source({ source: one.source, dataset });
      batches.push(batchOfOption(one, { instrumentId: ids[i] ?? 0, sourceId }));
    }
    return this.#add(await writeCandleBatches(tx, partitions, batches));
  }

  async writeChains(tapes: readonly ChainTape[], dataset: string): Promise<WriteCount> {
    const { registry, tx, partitions } = this.#tools;
    const batches: ChainBatch[] = [];
    for (const tape of tapes) {
      const sourceId = await registry.source({ source: tape.source, dataset });
      batches.push({ chainId: await registry.chain(tape.underlying, tape.expiry), sourceId, tape });
    }
    return this.#add(await writeChainBatches(tx, partitions, batches));
  }

  async writeMarketStats(stats: readonly MarketStat[], source: DataSource): Promise<WriteCount> {
    if (stats.length === 0) return NOTHING_WRITTEN;
    const { registry, tx, partitions } = this.#tools;
    const sourceId = await registry.source(source);
    return this.#add(await writeStats(tx, stats, { sourceId, source, partitions }));
  }

  async writeAliases(aliases: readonly InstrumentAlias[]): Promise<void> {
    const { registry, tx } = this.#tools;
    const ids = await registry.instruments(aliases.map((a) => a.contract));
    await tx`
      insert into instrument_aliases (vendor, alias, valid_from, valid_to, instrument_id)
      select * from unnest(${aliases.map((a) => a.vendor)}::text[], ${aliases.map((a) => a.alias)}::text[],
        ${aliases.map((a) => a.validFrom)}::text[]::date[], ${aliases.map((a) => a.validTo)}::text[]::date[], ${ids}::int[])
      on conflict (vendor, alias, valid_from) do update
        set valid_to = excluded.valid_to, instrument_id = excluded.instrument_id`;
  }

  async writeAnswers(days: readonly AnsweredDay[], source: DataSource): Promise<void> {
    if (days.length === 0) return;
    const { registry, tx } = this.#tools;
    const sourceId = await registry.source(source);
    await writeAnswers(tx, days, { sourceId, instrumentIds: await registry.instruments(days.map((d) => d.contract)) });
  }

  #add(count: WriteCount): WriteCount {
    this.#total = addCounts(this.#total, count);
    return count;
  }
}
