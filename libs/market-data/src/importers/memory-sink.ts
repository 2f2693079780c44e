import type { ChainTape, OptionSeries } from '@sos/domain';
import type {
  CandleBatch,
  ImportSink,
  ImportTransaction,
  ImportUnit,
  MarketStats,
  QuarantinedRows,
  WriteCount,
} from './import-sink.js';

/** What a memory sink keeps of one unit. */
interface Stored {
  readonly unit: ImportUnit;
  readonly candles: CandleBatch[];
  readonly series: OptionSeries[];
  readonly tapes: ChainTape[];
  readonly stats: MarketStats[];
  readonly quarantined: QuarantinedRows[];
}

/** An import sink in memory, for tests and dry runs: transactional like the store, one entry per unit name. */
export class MemorySink implements ImportSink {
  readonly units = new Map<string, Stored>();

  async isImported(unit: ImportUnit): Promise<boolean> {
    const found = this.units.get(unit.name)?.unit;
    return found?.sha256 === unit.sha256 && found.revision === unit.revision && found.kind === unit.kind;
  }

  async importUnit(unit: ImportUnit, work: (transaction: ImportTransaction) => Promise<void>): Promise<void> {
    const stored: Stored = { unit, candles: [], series: [], tapes: [], stats: [], quarantined: [] };
    const before = this.units.get(unit.name);
    const written = (rows: number): WriteCount =>
      before ? { inserted: 0, changed: 0, unchanged: rows } : { inserted: rows, changed: 0, unchanged: 0 };
    await work({
      candles: async (batch) => {
        stored.candles.push(batch);
        return written(batch.bars.length);
      },
      optionSeries: async (series) => {
        stored.series.push(...series);
        return written(series.reduce((sum, one) => sum + one.length, 0));
      },
      chains: async (tapes) => {
        stored.tapes.push(...tapes);
        return written(tapes.reduce((sum, one) => sum + one.length, 0));
      },
      marketStats: async (stats) => {
        stored.stats.push(stats);
        return written(stats.length);
      },
      quarantine: async (rows) => void stored.quarantined.push(rows),
      count: () => undefined,
    });
    this.units.set(unit.name, stored);
  }

  /** All candles, in order of units. */
  get candles(): CandleBatch[] {
    return [...this.units.values()].flatMap((stored) => stored.candles);
  }

  /** All option series, in order of units. */
  get series(): OptionSeries[] {
    return [...this.units.values()].flatMap((stored) => stored.series);
  }

  /** All chain tapes, in order of units. */
  get tapes(): ChainTape[] {
    return [...this.units.values()].flatMap((stored) => stored.tapes);
  }

  /** All vendor statistics, in order of units. */
  get stats(): MarketStats[] {
    return [...this.units.values()].flatMap((stored) => stored.stats);
  }

  /** All quarantined rows, in order of units. */
  get quarantined(): QuarantinedRows[] {
    return [...this.units.values()].flatMap((stored) => stored.quarantined);
  }
}
