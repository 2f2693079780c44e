import { AppError } from '@sos/domain';
import type { CandleBatch, ImportSink, ImportTransaction, ImportUnit, QuarantinedRows } from '@sos/market-data';
import { QUALITY, type ImportTransaction as StoreTransaction, type Store } from '@sos/store';

function qualityOf({ repaired }: CandleBatch): Int16Array | undefined {
  if (repaired === null) return undefined;
  return Int16Array.from(repaired, (mended) => (mended === 0 ? 0 : QUALITY.repaired));
}

function requireMinutes({ contract, minutes }: CandleBatch): void {
  if (minutes !== 1)
    throw new AppError('SOS_INPUT', `expected 1-minute bars of ${contract.id}, found ${minutes}-minute bars`);
}

const rowText = ({ file, rows, sample }: QuarantinedRows): string =>
  rows === 1 ? `${file}: ${sample}` : `${file} (${rows} rows): ${sample}`;

function adapt(tx: StoreTransaction): ImportTransaction {
  return {
    async candles(batch, dataset) {
      requireMinutes(batch);
      const quality = qualityOf(batch);
      const origin = { source: batch.source, dataset, ...(quality === undefined ? {} : { quality }) };
      return tx.writeCandles(batch.contract, batch.bars, origin);
    },
    optionSeries: (series, dataset) => tx.writeOptionSeries(series, dataset),
    chains: (tapes, dataset) => tx.writeChains(tapes, dataset),
    quarantine: async (rows) => tx.quarantine({ line: rows.line, reason: rows.reason, row: rowText(rows) }),
    count: (add) => tx.count(add),
  };
}

/** The store as the place where imports go: each unit is one transaction with its line in the import ledger. */
export function storeSink(store: Store): ImportSink {
  return {
    isImported: async (unit: ImportUnit) => (await store.importedAlready(unit)) !== null,
    async importUnit(unit, work) {
      await store.importFile(unit, (tx) => work(adapt(tx)));
    },
  };
}
