import { AppError, isAppError, type EpochMs } from '@sos/domain';
import type {
  CandleBatch,
  ImportSink,
  ImportTransaction,
  ImportUnit,
  MarketStats,
  QuarantinedRows,
  WriteCount,
} from '@sos/market-data';
import { QUALITY, type ImportTransaction as StoreTransaction, type MarketStat, type Store } from '@sos/store';

/** Bars that were read but not stored, because the store holds one-minute bars only. */
export interface LeftOutBars {
  /** Name of the unit of work, below its data set. */
  readonly unit: string;
  readonly series: string;
  readonly minutes: number;
  readonly bars: number;
  /** Nothing else of the unit was stored, so it is read again the next time. */
  readonly wholly: boolean;
}

/** The store as a sink, and what it had no place for. */
export interface StoreSink extends ImportSink {
  readonly leftOut: readonly LeftOutBars[];
}

const NOTHING: WriteCount = { inserted: 0, changed: 0, unchanged: 0 };

function qualityOf({ repaired }: CandleBatch): Int16Array | undefined {
  if (repaired === null) return undefined;
  return Int16Array.from(repaired, (mended) => (mended === 0 ? 0 : QUALITY.repaired));
}

const rowText = ({ file, rows, sample }: QuarantinedRows): string =>
  rows === 1 ? `${file}: ${sample}` : `${file} (${rows} rows): ${sample}`;

const known = (value: number | undefined): number | null => (value === undefined || Number.isNaN(value) ? null : value);

// A vendor's ratio does not say over which strikes it was taken: `vendor` is a band of its own, never compared with a named one.
function statsOf(stats: MarketStats): MarketStat[] {
  return Array.from(stats.time, (time, i) => ({
    underlying: stats.underlying,
    band: 'vendor',
    eventTime: time as EpochMs,
    availableAt: time as EpochMs,
    pcr: known(stats.pcr[i]),
    pcrVelocity: null,
    callOpenInterest: null,
    putOpenInterest: null,
    wallAbove: null,
    wallBelow: null,
    maxPain: null,
    advances: null,
    declines: null,
    spot: known(stats.spot[i]),
  }));
}

/** One unit on its way into the store; longer bars would be read back as minutes, so they are left out and told. */
export class StoreUnit implements ImportTransaction {
  readonly #tx: StoreTransaction;
  readonly longer: Omit<LeftOutBars, 'unit' | 'wholly'>[] = [];
  hasStored = false;

  constructor(tx: StoreTransaction) {
    this.#tx = tx;
  }

  async candles(batch: CandleBatch, dataset: string): Promise<WriteCount> {
    const { contract, minutes, bars, source } = batch;
    if (minutes !== 1) {
      this.longer.push({ series: contract.id, minutes, bars: bars.length });
      return NOTHING;
    }
    const quality = qualityOf(batch);
    const origin = { source, dataset, ...(quality === undefined ? {} : { quality }) };
    return this.#stored(this.#tx.writeCandles(contract, bars, origin));
  }

  optionSeries(...[series, dataset]: Parameters<ImportTransaction['optionSeries']>): Promise<WriteCount> {
    return this.#stored(this.#tx.writeOptionSeries(series, dataset));
  }

  chains(...[tapes, dataset]: Parameters<ImportTransaction['chains']>): Promise<WriteCount> {
    return this.#stored(this.#tx.writeChains(tapes, dataset));
  }

  marketStats(stats: MarketStats, dataset: string): Promise<WriteCount> {
    return this.#stored(this.#tx.writeMarketStats(statsOf(stats), { source: 'recorded', dataset }));
  }

  async quarantine(rows: QuarantinedRows): Promise<void> {
    this.#tx.quarantine({ line: rows.line, reason: rows.reason, row: rowText(rows) });
  }

  count(...[add]: Parameters<ImportTransaction['count']>): void {
    this.#tx.count(add);
  }

  #stored(count: Promise<WriteCount>): Promise<WriteCount> {
    this.hasStored = true;
    return count;
  }
}

/** Rolls a unit back that holds nothing the store keeps; the ledger remembers why. */
function nothingToStore(unit: ImportUnit, longer: StoreUnit['longer']): AppError {
  const lengths = [...new Set(longer.map((one) => one.minutes))].join(', ');
  return new AppError('SOS_INPUT', `expected 1-minute bars in ${unit.name}, found bars of ${lengths} minutes`, {
    context: { leftOut: true },
  });
}

async function importUnit(
  store: Store,
  unit: ImportUnit,
  work: (transaction: ImportTransaction) => Promise<void>,
): Promise<LeftOutBars[]> {
  let longer: StoreUnit['longer'] = [];
  let wholly = false;
  try {
    await store.importFile(unit, async (tx) => {
      const into = new StoreUnit(tx);
      await work(into);
      longer = into.longer;
      wholly = longer.length > 0 && !into.hasStored;
      if (wholly) throw nothingToStore(unit, longer);
    });
  } catch (error) {
    if (!isAppError(error) || error.context['leftOut'] !== true) throw error;
  }
  return longer.map((one) => ({ unit: unit.name, ...one, wholly }));
}

/** The store as the place where imports go: each unit is one transaction with its line in the import ledger. */
export function storeSink(store: Store): StoreSink {
  const leftOut: LeftOutBars[] = [];
  return {
    leftOut,
    isImported: async (unit) => (await store.importedAlready(unit)) !== null,
    async importUnit(unit, work) {
      leftOut.push(...(await importUnit(store, unit, work)));
    },
  };
}
