import type { RecordBatch, RecordSink } from '@sos/market-data';
import { QUALITY, type Store, type WriteTransaction } from '@sos/store';

type Candles = Extract<RecordBatch, { readonly type: 'candles' }>;

function qualityOf({ repaired }: Candles): { readonly quality?: Int16Array } {
  return repaired === null
    ? {}
    : { quality: Int16Array.from(repaired, (mended) => (mended === 0 ? 0 : QUALITY.repaired)) };
}

async function writeBatch(tx: WriteTransaction, batch: RecordBatch, dataset: string): Promise<void> {
  if (batch.type === 'candles')
    await tx.writeCandles(batch.contract, batch.bars, { source: batch.source, dataset, ...qualityOf(batch) });
  else if (batch.type === 'option-series') await tx.writeOptionSeries(batch.series, dataset);
  else await tx.writeChains(batch.tapes, dataset);
}

/** The store as the place where a recorder writes: the minutes of one write are there together or not at all. */
export function storeRecordSink(store: Store): RecordSink {
  return {
    write: (batches, dataset) =>
      store.transaction(async (tx) => {
        for (const batch of batches) await writeBatch(tx, batch, dataset);
      }),
  };
}
