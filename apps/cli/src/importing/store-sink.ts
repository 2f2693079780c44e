import { AppError } from '@sos/domain';
import type { CandleBatch, ImportSink, ImportTransaction, ImportUnit, QuarantinedRows } from '@sos/market-data';
import { QUALITY, type ImportTransaction as StoreTransaction, type Store } from '@sos/store';

function qualityOf({ repaired }: CandleBatch): Int16Array | undefined {
  if (repaired === null) return undefined;
  return Int16Array.from(repaired, (mended) => (mended === 0 ? 0 : QUALITY.repaired));
}

// The store holds one-minute bars: longer ones would be read back as minutes.
function requireMinutes({ contract, minutes }: CandleBatch, unit: ImportUnit): void {
  if (minutes === 1) return;
  const remedy = 'Import the files of 1-minute bars by themselves: sos import <kind> <file>.';
  throw new AppError(
    'SOS_INPUT',
    `expected 1-minute bars in ${unit.name}, found ${minutes}-minute bars of ${contract.id}`,
    { context: { remedy } },
  );
}

const rowText = ({ file, rows, sample }: QuarantinedRows): string =>
  rows === 1 ? `${file}: ${sample}` : `${file} (${rows} rows): ${sample}`;

function adapt(tx: StoreTransaction, unit: ImportUnit): ImportTransaction {
  return {
    async candles(batch, dataset) {
      requireMinutes(batch, unit);
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
      await store.importFile(unit, (tx) => work(adapt(tx, unit)));
    },
  };
}
