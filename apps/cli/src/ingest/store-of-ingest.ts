import { MS_PER_DAY, startOfIstDay, type EpochMs } from '@sos/domain';
import type { IngestStore } from '@sos/market-data';
import type { ImportTransaction as StoreTransaction, Store } from '@sos/store';
import { answeredRange, covers, type AnsweredRange } from '../repair/answered-range.js';
import { StoreUnit } from '../importing/store-sink.js';

/** The store as ingestion sees it: each answer of a provider is one transaction with its line in the ledger. */
export function storeOfIngest(store: Store, superseded: readonly AnsweredRange[] = []): IngestStore {
  return {
    held: (query) => store.contractDays(query),
    bars: (contract, day, { source, dataset }) => {
      const from = startOfIstDay(day);
      const to = (from + MS_PER_DAY) as EpochMs;
      return store.readCandles({ contract: contract.id, from, to, source: { source, dataset } });
    },
    optionBars: (query) => store.optionsOfDay(query),
    ingestUnit: async (unit, work) => {
      await store.importFile(unit, (tx: StoreTransaction) => {
        const into = new StoreUnit(tx);
        const own = superseded.length === 0 ? null : answeredRange(unit.name);
        if (own !== null) tx.supersede(superseded.filter((old) => covers(own, old)).map((old) => old.name));
        return work({
          candles: (batch, dataset) => into.candles(batch, dataset),
          optionSeries: (series, dataset) => into.optionSeries(series, dataset),
          chains: (tapes, dataset) => into.chains(tapes, dataset),
          quarantine: (rows) => into.quarantine(rows),
          count: (add) => into.count(add),
          answered: (days, { source, dataset }) => tx.writeAnswers(days, { source, dataset }),
        });
      });
    },
  };
}
